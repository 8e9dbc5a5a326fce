import { DrizzleQueryError } from 'drizzle-orm'

/** What a person should read, without a stack: the message and the messages of its causes. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Its own message quotes the statement's parameters, a password's hash among them.
  if (error instanceof DrizzleQueryError && error.cause) return explain(error.cause)
  if (error instanceof AggregateError) return error.errors.map(explain).join('\n')
  return error.message
}

/** Prints why a command failed and sets the exit code. */
export function reportFailure(error: unknown): void {
  printError(`callboard: ${explain(error)}`)
  process.exitCode = 1
}

/** Prints a line for a person beside the JSON log or the result on stdout. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Prints a line of a command's result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

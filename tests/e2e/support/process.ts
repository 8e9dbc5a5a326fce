import { type ChildProcess, spawn } from 'node:child_process'

export type Started = {
  pid: number
  output: () => string
  /** Resolves when the output holds the text; rejects with the output when the process ends first. */
  waitFor(text: string, timeoutMs: number): Promise<void>
  /** Resolves with the exit code once the process has ended; null when a signal ended it. */
  ended(): Promise<number | null>
  /** Sends SIGTERM to the process itself and resolves with its exit code. */
  stop(): Promise<number | null>
  /** Ends the process as a power failure would, and resolves when it is gone. */
  kill(): Promise<void>
}

type Options = { cwd: string; env: Record<string, string | undefined>; uid?: number; gid?: number }

/** Starts a long-running command and collects what it prints. */
export function startProcess(command: string, parameters: string[], options: Options): Started {
  const env = { ...process.env, ...options.env } as NodeJS.ProcessEnv
  const child: ChildProcess = spawn(command, parameters, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let exitCode: number | null | undefined
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      changed()
    })
  }
  child.once('exit', (code) => {
    exitCode = code
    changed()
  })
  const until = (isDone: () => boolean, timeoutMs: number, what: string) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => settle(new Error(`${what}: nothing within ${timeoutMs} ms\n${output}`)), timeoutMs)
      const settle = (error?: Error) => {
        clearTimeout(timer)
        listeners.delete(check)
        if (error) reject(error)
        else resolve()
      }
      const check = () => {
        if (isDone()) settle()
        else if (exitCode !== undefined) settle(new Error(`${what}: the process ended with ${exitCode}\n${output}`))
      }
      listeners.add(check)
      check()
    })
  const ended = async () => {
    await until(() => exitCode !== undefined, 30_000, 'exit')
    return exitCode ?? null
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    waitFor: (text, timeoutMs) => until(() => output.includes(text), timeoutMs, `"${text}"`),
    async stop() {
      if (exitCode === undefined) child.kill('SIGTERM')
      return ended()
    },
    async kill() {
      child.kill('SIGKILL')
      await ended()
    },
  }
}

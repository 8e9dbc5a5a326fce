import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BackupError, type BackupHeader, type BackupRow, parseHeader, parseRow, parseTrailer } from './backup-format'

const newline = 0x0a

/**
 * Reads a backup file a row at a time. That it is whole is known only at its end: what was made of the rows must not count
 * before.
 *
 * @returns yields the rows, and returns the header
 * @throws BackupError where it is no backup, was cut off, or is not what was written; the file system's errors
 */
export async function* readBackup(file: string): AsyncGenerator<BackupRow, BackupHeader> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  let header: BackupHeader | null = null
  let isEnded = false
  for await (const line of linesOf(file)) {
    if (isEnded) throw new BackupError('The backup is damaged: something follows its end.')
    const text = line.toString('utf8')
    const row = header && parseRow(text)
    if (row) {
      counts[row.table] = (counts[row.table] ?? 0) + 1
      yield row
    } else if (header) {
      const trailer = parseTrailer(text)
      const isSame = trailer.sha256 === hash.copy().digest('hex') && areEqual(trailer.rows, counts)
      if (!isSame) throw new BackupError('The backup is damaged: its checksum is another one.')
      isEnded = true
    } else {
      header = parseHeader(text)
    }
    hash.update(line).update('\n')
  }
  if (!header || !isEnded) throw cutOff()
  return header
}

/**
 * Reads the whole file to see that it is a backup, complete and as it was written.
 * @returns its header
 * @throws BackupError
 */
export async function verifyBackup(file: string): Promise<BackupHeader> {
  const rows = readBackup(file)
  for (;;) {
    const next = await rows.next()
    if (next.done) return next.value
  }
}

/** Split by bytes: node:readline also splits at U+2028, which JSON need not escape. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  // The last argument is told of errors that the loop below throws as well.
  const bytes = pipeline(createReadStream(file), createGunzip(), () => {})
  let pending: Buffer[] = []
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let from = 0
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        pending.push(chunk.subarray(from, at))
        yield Buffer.concat(pending)
        pending = []
        from = at + 1
      }
      if (from < chunk.length) pending.push(chunk.subarray(from))
    }
  } catch (error) {
    throw isZlibError(error, 'Z_BUF_ERROR') ? cutOff() : isZlibError(error, 'Z_') ? damaged(error) : error
  }
  if (pending.length > 0) throw cutOff()
}

function isZlibError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith(code)
}

function cutOff(): BackupError {
  return new BackupError('The backup was cut off: its end is missing.')
}

function damaged(cause: unknown): BackupError {
  return new BackupError('This is no Callboard backup, or it is damaged.', { cause })
}

function areEqual(a: Record<string, number>, b: Record<string, number>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => (a[name] ?? 0) === (b[name] ?? 0))
}

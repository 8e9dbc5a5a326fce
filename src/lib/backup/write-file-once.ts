import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { BackupError } from './backup-format'

/**
 * Writes a gzip'd file (mode 0600) that has its name only once all of it is on disk. A file that is there is never replaced.
 * @throws BackupError where the name is taken; the file system's errors. Nothing is left then.
 */
export async function writeFileOnce(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const refuseTaken = () => {
    if (existsSync(file)) throw new BackupError(`${file} exists already, and is left as it is. Name another file.`)
  }
  refuseTaken()
  const draft = `${file}.partial-${process.pid}`
  // Before anything can fail: a stream that opens its file itself may do so after what follows has tidied up.
  const opened = await open(draft, 'wx', 0o600)
  try {
    // One chunk at a time: they are as long as memory is meant to bear.
    const source = Readable.from(chunks, { highWaterMark: 1 })
    await pipeline(source, createGzip(), opened.createWriteStream({ flush: true }))
    refuseTaken()
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  const folder = openSync(path.dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

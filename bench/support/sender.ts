import { fork } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '@/server/project-root'

type Options<Input> = {
  name: 'good' | 'forged' | 'closed' | 'inserts' | 'streams'
  input: Input
  onProgress?: (sent: number) => void
}

/**
 * Starts a sender in a process of its own.
 * @returns once it is prepared; `run` lets it begin, and resolves with what it reports.
 */
export async function startSender<Input extends object, Result>({ name, input, onProgress }: Options<Input>) {
  const child = fork(path.join(projectRoot(), 'dist', 'bench', 'senders', `${name}.js`))
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the ${name} sender ended with ${code}`)))
  })
  // It ends once it has reported, and nobody waits any more.
  ended.catch(() => {})
  const prepared = new Promise((resolve) => child.once('message', resolve))
  child.send(input)
  await Promise.race([prepared, ended])
  return {
    run(): Promise<Result> {
      const reported = new Promise<Result>((resolve) => {
        child.on('message', (message) => {
          if (isProgress(message)) onProgress?.(message.sent)
          else resolve(message as Result)
        })
      })
      child.send('begin')
      return Promise.race([reported, ended])
    },
  }
}

function isProgress(message: unknown): message is { sent: number } {
  return typeof message === 'object' && message !== null && 'sent' in message
}

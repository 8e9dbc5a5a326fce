import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { webhookSecret } from './webhook-bodies'

const script = path.resolve(import.meta.dirname, '../fixtures/python-sender/sender.py')

/** One attempt of the sender, as it saw it. */
export type Attempt = {
  event: string
  step: string | null
  /** 0 when there was no answer at all. */
  status: number
  /** The sender took the answer for lost, and tried again. */
  lost: boolean
  answer: string
  body: Buffer
}

/** Whether this machine has the Python that the sender needs. */
export function hasPython(): boolean {
  return (
    spawnSync('python3', ['-c', 'import hashlib, hmac, http.server, urllib.request'], { stdio: 'ignore' }).status === 0
  )
}

/**
 * Runs the sender to its end.
 * @returns every attempt, in order, and whether no event was dropped.
 */
export function runPythonSender(
  url: string,
  parameters: readonly string[],
  onAttempt: (attempt: Attempt) => void = () => {},
): Promise<{ attempts: Attempt[]; isComplete: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [script, url, ...parameters], {
      env: { ...process.env, WEBHOOK_SECRET: webhookSecret, NO_PROXY: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const attempts: Attempt[] = []
    let partial = ''
    child.stdout.on('data', (chunk) => {
      const lines = (partial + chunk).split('\n')
      partial = lines.pop() ?? ''
      for (const line of lines) {
        const said = JSON.parse(line)
        const attempt: Attempt = { ...said, body: Buffer.from(said.body, 'base64') }
        attempts.push(attempt)
        onAttempt(attempt)
      }
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ attempts, isComplete: code === 0 }))
  })
}

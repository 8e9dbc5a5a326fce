import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import type { Entry, Ledger } from './ledger'
import { bodyOf, messagesOfJob } from './messages'
import { between, type Random } from './random'

type Options = {
  ledger: Ledger
  /** Where the replicas listen; attempts take turns. */
  urls: readonly string[]
  secret: string
  random: Random
  senders: number
  /** No new job is begun once it is aborted; those under way are finished. */
  signal: AbortSignal
}

/**
 * The real sender retries after 5, 15 and 45 s and then gives up; here a second is 50 ms, as Callboard dies each second. A
 * share of each delay is left to chance: many senders don't come back in step.
 */
const retryDelaysMs = [250, 750, 2_250]
const retryJitter = 0.5
const answerPatienceMs = 3_000
/** How often a sender never sees the answer that it was sent, and how often something between repeats a request. */
const lostAnswerShare = 0.02
const repeatedShare = 0.02

/** Sends jobs until told to stop: each of `senders` has one message under way at a time, and retries as the real one does. */
export async function sendMessages(options: Options): Promise<void> {
  const { ledger, signal, senders } = options
  const agent = new Agent({ keepAlive: true, maxSockets: senders * 2 })
  let nextJob = 0
  let nextNumber = 0
  async function work(): Promise<void> {
    while (!signal.aborted) {
      const messages = messagesOfJob(nextJob++, nextNumber)
      nextNumber += messages.length
      for (const message of messages) await deliver(ledger.open(message), agent, options)
    }
  }
  await Promise.all(Array.from({ length: senders }, work))
  agent.destroy()
}

async function deliver(entry: Entry, agent: Agent, options: Options): Promise<void> {
  for (const delayMs of [...retryDelaysMs, null]) {
    const isTaken = await attempt(entry, agent, options)
    if (isTaken) {
      if (options.random() < repeatedShare) await attempt(entry, agent, options)
      return
    }
    if (delayMs !== null) await sleep(delayMs * between(options.random, 1 - retryJitter, 1 + retryJitter))
  }
  options.ledger.givenUp += 1
}

/** One request. Returns whether the sender now believes that its message was taken. */
async function attempt(entry: Entry, agent: Agent, options: Options): Promise<boolean> {
  const { ledger, urls, secret, random } = options
  const number = entry.attempts++
  const body = bodyOf(entry.message, number)
  const url = urls[(entry.message.number + number) % urls.length] ?? ''
  const patienceMs = random() < lostAnswerShare ? 1 + random() * 10 : answerPatienceMs
  const startedAt = performance.now()
  const answer = await post({ url, body, signature: signHmacSha256Hex(body, secret), agent, patienceMs })
  ledger.answered(answer.status)
  if (answer.status === 0 || answer.status === 503) return false
  const wanted = entry.message.kind === 'unreadable' ? 400 : 200
  const { id, duplicate = null } = readAnswer(answer.text)
  if (answer.status !== wanted || id === undefined) {
    ledger.wrongAnswers.push(`message ${entry.message.number}: ${answer.status} ${answer.text.slice(0, 200)}`)
    return false
  }
  ledger.acknowledge(entry, { id, duplicate, attempt: number }, performance.now() - startedAt)
  return true
}

function readAnswer(text: string): { id?: string; duplicate?: boolean } {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

type Post = { url: string; body: Buffer; signature: string; agent: Agent; patienceMs: number }

/** Status 0: no whole answer came. */
function post({ url, body, signature, agent, patienceMs }: Post): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const nothing = { status: 0, text: '' }
    const headers = { 'content-length': body.length, 'x-webhook-signature': signature }
    const request = httpRequest(url, { method: 'POST', agent, headers })
    const timer = setTimeout(() => request.destroy(), patienceMs)
    const settle = (answer: { status: number; text: string }) => {
      clearTimeout(timer)
      resolve(answer)
    }
    request.on('error', () => settle(nothing))
    request.on('close', () => settle(nothing))
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => settle({ status: response.statusCode ?? 0, text }))
      response.on('error', () => settle(nothing))
    })
    request.end(body)
  })
}

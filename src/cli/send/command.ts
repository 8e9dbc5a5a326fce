import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { type Environment, readEnvironment } from '@/env'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { findSourceOf } from '@/lib/sources/find-source-of'
import { makeTestDelivery } from '@/lib/sources/make-test-delivery'
import { builtInSlug, webhookUrlOf } from '@/lib/sources/source'
import { readRunFile } from '@/server/data-dir/run-file'
import { findSecrets, findWebhookSecret } from '@/server/settings'
import { withDatabase } from '../database'
import { print } from '../failure'
import { readCount } from '../read-count'
import { webhookUrl } from '../webhook-url'
import { buildBody, stepName } from './build-body'
import { type Outcome, postCallback } from './post-callback'

type SendOptions = {
  url?: string
  preset?: string
  source?: string
  event: string
  workflow: string
  jobId?: string
  stepId?: string
  file?: string
  count: number
  rate?: number
  badSignature?: boolean
}

/** `callboard send`: posts signed test callbacks and prints each status and latency; exit code 1 if one was not 2xx. */
export function sendCommand(): Command {
  return new Command('send')
    .description('sign and post test callbacks, as the real sender does')
    .option('--url <url>', 'where to; by default the Callboard that runs here')
    .option(
      '--preset <id>',
      'as this kind of sender does, to the first source that has the preset: openai, replicate …',
    )
    .option('--source <slug>', 'as the sender of this source does')
    .option(
      '--event <event>',
      'workflow.completed, workflow.failed, llm.step.completed or any other',
      'workflow.completed',
    )
    .option('--workflow <name>', 'the workflow', 'emergency_contacts')
    .option('--job-id <id>', 'the job; by default a new one for each callback')
    .option('--step-id <id>', 'the step, with --event llm.step.completed; by default six names in turn')
    .option('--file <path>', 'send the bytes of this file instead, just as they are')
    .option('--count <n>', 'how many', readCount, 1)
    .option('--rate <n>', 'how many a second; by default one after the other', readRate)
    .option('--bad-signature', 'sign with a secret that nobody knows, to see the refusal')
    .action(send)
}

async function send(options: SendOptions): Promise<void> {
  const environment = readEnvironment()
  if (options.preset || options.source) return sendAs(options, environment)
  const url = options.url ?? webhookUrlOf(findOrigin(environment), builtInSlug)
  const secret = options.badSignature ? randomUUID() : findWebhookSecret(environment)
  if (!secret)
    throw new Error('There is no secret to sign with. Start Callboard here first, or set LLM_WEBHOOK_SECRET.')
  const file = options.file === undefined ? null : readFileSync(options.file)
  await sendAll(options, async (index) => {
    const body = file ?? Buffer.from(buildBody(shapeOf(options, index)))
    const headers = {
      'content-type': 'application/json',
      'x-webhook-event': options.event,
      'x-webhook-signature': signHmacSha256Hex(body, secret),
    }
    return { url, body, headers }
  })
}

/** What the sender of a source would send: found by its slug, or the first that has the preset. */
async function sendAs(options: SendOptions, environment: Environment): Promise<void> {
  const origin = options.url ?? findOrigin(environment)
  const secrets = findSecrets(environment)
  await withDatabase(async (db) => {
    const slug = options.source ?? (await findSourceOf(db, options.preset ?? ''))
    await sendAll(options, async () => {
      const now = new Date()
      const delivery = await makeTestDelivery(db, { slug, ...secrets, webhookUrl: webhookUrl(slug), now })
      await sleep(delivery.notBefore.getTime() - Date.now())
      return { ...delivery, url: new URL(delivery.target, origin).href }
    })
  })
}

type Request = Parameters<typeof postCallback>[0]

async function sendAll(options: SendOptions, make: (index: number) => Promise<Request>): Promise<void> {
  const outcomes: Outcome[] = []
  const sendOne = async (index: number) => {
    const outcome = await postCallback(await make(index))
    outcomes.push(outcome)
    print(`${outcome.status ?? 'no answer'}  ${outcome.latencyMs.toFixed(1)} ms  ${outcome.text.slice(0, 300)}`)
  }
  await paced(options.count, options.rate, sendOne)
  if (options.count > 1) print(summary(outcomes))
  if (!outcomes.every(isSuccess)) process.exitCode = 1
}

function shapeOf(options: SendOptions, index: number) {
  const { event, workflow } = options
  return {
    event,
    workflow,
    jobId: options.jobId ?? randomUUID(),
    stepId: options.stepId ?? stepName(index),
    now: new Date(),
  }
}

/** Without a rate one after the other; with one, each at its time, whether the earlier ones are answered or not. */
async function paced(
  count: number,
  rate: number | undefined,
  sendOne: (index: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now()
  const underWay: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    if (rate === undefined) {
      await sendOne(index)
      continue
    }
    await sleep(startedAt + (index * 1_000) / rate - performance.now())
    underWay.push(sendOne(index))
  }
  await Promise.all(underWay)
}

function summary(outcomes: readonly Outcome[]): string {
  const latencies = outcomes.map((outcome) => outcome.latencyMs).sort((a, b) => a - b)
  const at = (quantile: number) =>
    (latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * quantile))] ?? 0).toFixed(1)
  const accepted = outcomes.filter(isSuccess).length
  return `${accepted} of ${outcomes.length} accepted, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

function isSuccess(outcome: Outcome): boolean {
  return outcome.status !== null && outcome.status >= 200 && outcome.status < 300
}

/** The running Callboard listens on `url`; on 0.0.0.0 it is reached over loopback. */
function findOrigin(environment: Environment): string {
  const run = readRunFile(path.resolve(environment.dataDir))
  const base = new URL(run?.url ?? `http://127.0.0.1:${environment.port}`)
  if (base.hostname === '0.0.0.0') base.hostname = '127.0.0.1'
  if (base.hostname === '[::]') base.hostname = '[::1]'
  return base.href
}

function readRate(text: string): number {
  const rate = Number(text)
  if (!(rate > 0 && rate <= 10_000)) throw new InvalidArgumentError('must be above 0 and at most 10000')
  return rate
}

import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { onExit } from './on-exit'
import { between, type Random } from './random'

const lifeMsMin = 400
const lifeMsMax = 2_000
const earlyKillShare = 0.15
const earlyKillMsMax = 600
const stopPatienceMs = 20_000

export type ReplicaOptions = {
  /** The compiled command line: the product, or one with a fault planted. */
  cli: string
  variables: Record<string, string>
  url: string
  logFile: string
}

/** One Callboard that is killed again and again, and how often it was. */
export class Replica {
  kills = 0
  /** Kills of one that had begun to listen; the others met it while it started. */
  killsWhileUp = 0
  /** Ended by itself: it could not start, for PostgreSQL was away. */
  failedStarts = 0
  private child: ChildProcess | null = null
  /** Resolves when the one that was started last listens; never, if it does not get that far. */
  private listening: Promise<void> = Promise.resolve()

  constructor(private readonly options: ReplicaOptions) {
    // Nothing that is tormented may outlive the tormentor.
    onExit(() => this.child?.kill('SIGKILL'))
  }

  get url(): string {
    return `${this.options.url}/api/webhooks/llm-callback`
  }

  /**
   * Starts it, lets it take callbacks for 0.4 to 2 s, and kills it with SIGKILL; now and then while it still starts. Until told
   * to stop; it is dead at the end.
   */
  async keepKilling(signal: AbortSignal, random: Random): Promise<void> {
    while (!signal.aborted) {
      const ended = this.start()
      const isEarly = random() < earlyKillShare
      if (isEarly) await Promise.race([ended, sleep(between(random, 0, earlyKillMsMax))])
      else await Promise.race([ended, this.listening.then(() => sleep(between(random, lifeMsMin, lifeMsMax)))])
      if (this.hasEnded()) {
        this.failedStarts += 1
        await sleep(100)
        continue
      }
      await this.end('SIGKILL')
      this.kills += 1
      if (!isEarly) this.killsWhileUp += 1
    }
  }

  /** Starts it and waits until it takes callbacks. */
  async startForGood(): Promise<void> {
    let ended: Promise<'ended'> = this.start()
    while (!(await isReady(this.options.url))) {
      const outcome = await Promise.race([ended, sleep(100, 'waiting' as const)])
      if (outcome === 'ended') ended = this.start()
    }
  }

  /** SIGTERM; resolves when it has gone, and with it the PostgreSQL that it ran. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), stopPatienceMs)
    await this.end('SIGTERM')
    clearTimeout(timer)
  }

  /** SIGKILL, uncounted; the PostgreSQL that it ran goes on. */
  kill(): Promise<void> {
    return this.end('SIGKILL')
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    if (!child || this.hasEnded()) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  private hasEnded(): boolean {
    return this.child === null || this.child.exitCode !== null || this.child.signalCode !== null
  }

  /** Resolves when it ends. */
  private start(): Promise<'ended'> {
    const { cli, variables, logFile } = this.options
    const child = spawn(process.execPath, [cli, 'start', '--no-console'], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    this.listening = new Promise((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        if (text.includes('"msg":"listening"')) resolve()
      })
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => appendFileSync(logFile, text))
    }
    return new Promise((resolve) => child.once('exit', () => resolve('ended')))
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

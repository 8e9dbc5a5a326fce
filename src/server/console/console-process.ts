import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import { childVariables } from '@/env'
import { projectRoot } from '../project-root'

export type ConsoleProcess = {
  /** Its port on loopback; null while it starts. */
  port: () => number | null
  /** Resolves when it is up for the first time. */
  firstUp: Promise<void>
  stop(): Promise<void>
}

type Options = { variables: Record<string, string>; dev: boolean; log: Logger }

const restartDelayMsMin = 250
const restartDelayMsMax = 10_000
/** A console that ran this long was well; the next restart is quick again. */
const healthyMs = 30_000
const stopPatienceMs = 500

/** Keeps the console (Next.js) running in a process of its own: its crashes and its load are not ours. */
export function startConsoleProcess({ variables, dev, log }: Options): ConsoleProcess {
  let child: ChildProcess | null = null
  let port: number | null = null
  let isStopping = false
  let delayMs = restartDelayMsMin
  let timer: NodeJS.Timeout | undefined
  let announceFirstUp = () => {}
  let announceEnd = () => {}
  const firstUp = new Promise<void>((resolve) => {
    announceFirstUp = resolve
  })

  function launch(): void {
    const startedAt = performance.now()
    const started = spawn(
      process.execPath,
      [path.join(projectRoot(), 'dist', 'console.js'), ...(dev ? ['--dev'] : [])],
      {
        cwd: projectRoot(),
        env: childVariables({ ...variables, NODE_ENV: dev ? 'development' : 'production' }),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    )
    child = started
    forwardOutput(started, log)
    started.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('port' in message)) return
      port = Number(message.port)
      announceFirstUp()
      log.info({ consolePid: started.pid, consolePort: port }, 'console is up')
    })
    const ended = (reason: object) => {
      if (child !== started) return
      child = null
      port = null
      announceEnd()
      if (isStopping) return
      delayMs = performance.now() - startedAt > healthyMs ? restartDelayMsMin : Math.min(delayMs * 2, restartDelayMsMax)
      log.error({ ...reason, restartInMs: delayMs }, 'console ended; restarting it')
      timer = setTimeout(launch, delayMs)
    }
    started.once('exit', (code, signal) => ended({ code, signal }))
    // One that could not be started at all never exits.
    started.once('error', (err) => {
      if (started.pid === undefined) ended({ err })
    })
  }

  launch()
  return {
    port: () => port,
    firstUp,
    async stop() {
      isStopping = true
      clearTimeout(timer)
      const running = child
      if (!running) return
      const isGone = new Promise<void>((resolve) => {
        announceEnd = resolve
      })
      // Seen by the console as its parent's end, which it follows.
      if (running.connected) running.disconnect()
      const killTimer = setTimeout(() => running.kill('SIGKILL'), stopPatienceMs)
      await isGone
      clearTimeout(killTimer)
    },
  }
}

/** The console's own log lines are JSON already; what Next.js itself prints becomes part of ours. */
function forwardOutput(child: ChildProcess, log: Logger): void {
  for (const [stream, level] of [
    [child.stdout, 'info'],
    [child.stderr, 'warn'],
  ] as const) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      if (line.startsWith('{"level"')) process.stdout.write(`${line}\n`)
      else if (line.trim() !== '') log[level]({ from: 'console' }, line.trim().slice(0, 2_000))
    })
  }
}

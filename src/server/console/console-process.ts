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
  /** Gives it its environment; until then it has only loaded what it consists of. */
  configure(variables: Record<string, string>): void
  stop(): Promise<void>
}

type Options = { dev: boolean; log: Logger }

const restartDelayMsMin = 250
const restartDelayMsMax = 10_000
/** A console that ran this long was well; the next restart is quick again. */
const healthyMs = 30_000
const stopPatienceMs = 500
/** The place of the last pipe in `stdio` below. */
const logFd = 4

/**
 * Keeps the console (Next.js) running in a process of its own: its crashes and its load are not ours. It takes a second to load,
 * which need not wait for the database.
 */
export function startConsoleProcess({ dev, log }: Options): ConsoleProcess {
  let variables: Record<string, string> | null = null
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
        env: childVariables({
          NODE_ENV: dev ? 'development' : 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          CALLBOARD_LOG_FD: String(logFd),
        }),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      },
    )
    child = started
    sendVariables()
    forwardOutput(started, log)
    started.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('port' in message)) return
      port = Number(message.port)
      log.info({ consolePid: started.pid, consolePort: port }, 'console is up')
      announceFirstUp()
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

  function sendVariables(): void {
    // One that has ended meanwhile is started again, and gets them then.
    if (variables && child?.connected) child.send(variables, () => {})
  }

  launch()
  return {
    port: () => port,
    firstUp,
    configure(given) {
      variables = given
      sendVariables()
    },
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

/**
 * The console's own log lines come by a pipe of their own and go out as they are. What Next.js prints becomes part of our
 * lines, whatever it looks like: an error may quote a request, and so forge a line.
 */
function forwardOutput(child: ChildProcess, log: Logger): void {
  const ownLines = child.stdio[logFd]
  if (ownLines && 'read' in ownLines) {
    createInterface({ input: ownLines }).on('line', (line) => process.stdout.write(`${line}\n`))
  }
  for (const [stream, level] of [
    [child.stdout, 'info'],
    [child.stderr, 'warn'],
  ] as const) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() !== '') log[level]({ from: 'console' }, line.trim())
    })
  }
}

import pino, { type Logger } from 'pino'
import { describeError } from './describe-error'

/** Opens a logger that writes one JSON object a line to stdout. It is given no secret and no payload to write. */
export function createLog(level: string, name: string): Logger {
  return pino({
    level,
    base: { name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  })
}

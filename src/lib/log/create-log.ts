import pino, { type DestinationStream, type Logger } from 'pino'
import { clipFields, clipText } from './clip-fields'
import { describeError } from './describe-error'

/**
 * Opens a logger that writes one JSON object a line, to stdout unless told otherwise. It is given no secret and no payload to
 * write, and clips whatever it is given: part of it may be a stranger's.
 */
export function createLog(level: string, name: string, destination: DestinationStream = pino.destination(1)): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: clipFields },
    serializers: { err: describeError },
    hooks: {
      logMethod(parameters, method) {
        const clipped = parameters.map((value) => (typeof value === 'string' ? clipText(value) : value))
        method.apply(this, clipped as typeof parameters)
      },
      streamWrite: escapeUnseen,
    },
  }
  return pino(options, destination)
}

/**
 * JSON leaves some characters as they are that a terminal obeys, or that turn the direction of what follows: DEL, the C1 controls
 * (U+009B begins a command as ESC [ does), line and paragraph separators, and the marks of UAX #9. Escaped they read the same.
 */
function escapeUnseen(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

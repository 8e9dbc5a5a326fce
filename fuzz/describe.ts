import type { Failure } from './check-round'
import type { Delivery } from './delivery'
import type { FuzzTotals } from './totals'

const excerptBytes = 600

/** A failure with all that is needed to see it again. Fuzzed bodies are nobody's secret. */
export function describeFailure({ sent, message }: Failure, seed: number): string {
  if (!sent) return message
  const { index, delivery, expected, answer } = sent
  const name = index === null ? 'A healthy neighbour' : `Case ${index} of seed ${seed}`
  return [
    `${name} ${message}`,
    `  due       ${expected.status}`,
    `  answer    ${answer.status} ${answer.text.slice(0, 400)}`,
    describeDelivery(delivery),
  ].join('\n')
}

/** The bytes as text that can be read and, by its escapes, made again. */
export function describeDelivery({ body, headers, signatureStyle, isChunked }: Delivery): string {
  const excerpt = body.toString('latin1', 0, excerptBytes).replace(/[^\x20-\x7e]|\\/g, escapeByte)
  return [
    `  headers   ${JSON.stringify(headers)}, signature ${signatureStyle}${isChunked ? ', chunked' : ''}`,
    `  body      ${body.length} bytes: ${excerpt}${body.length > excerptBytes ? '…' : ''}`,
  ].join('\n')
}

function escapeByte(byte: string): string {
  return byte === '\\' ? '\\\\' : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`
}

export function describeProgress(totals: FuzzTotals, seconds: number): string {
  const statuses = [...totals.byStatus].sort(([a], [b]) => a - b)
  const counts = statuses.map(([status, count]) => `${status || 'none'}: ${count}`)
  return `${totals.bodies} bodies, ${Math.round(totals.bodies / seconds)}/s · ${counts.join(' ')} · ${totals.rows} rows`
}

/** The table at the end. */
export function describeTotals(
  totals: FuzzTotals,
  { seconds, failures }: { seconds: number; failures: number },
): string {
  const number = (count: number) => count.toLocaleString('en')
  const serverErrors = [...totals.byStatus].filter(([status]) => status === 0 || status >= 500)
  const lines: [string, string][] = [
    [
      'bodies',
      `${number(totals.bodies)} (${number(totals.healthy)} of them healthy), ${Math.round(totals.bytes / 1e6)} MB`,
    ],
    ['time', `${seconds.toFixed(0)} s, ${number(Math.round(totals.bodies / seconds))} bodies a second`],
    ...[...totals.byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, count]): [string, string] => [status ? String(status) : 'no answer', number(count)]),
    ['5xx or none', number(serverErrors.reduce((sum, [, count]) => sum + count, 0))],
    ['rows', `${number(totals.rows)}, compared by their sha256`],
    ...[...totals.byPayloadState].map(([state, count]): [string, string] => [`  ${state}`, number(count)]),
    ['  variants', number(totals.variants)],
    ['duplicates', number(totals.duplicates)],
    ['failures', number(failures)],
  ]
  return lines.map(([name, value]) => `  ${name.padEnd(14)}${value}`).join('\n')
}

import fc, { type Arbitrary } from 'fast-check'
import { type Delivery, signatureStyles } from '../delivery'

export type Envelope = Omit<Delivery, 'body'>

/** How the usual sender posts. */
export const plainEnvelope: Envelope = {
  headers: [['Content-Type', 'application/json']],
  signatureStyle: 'plain',
  isChunked: false,
}

const header = (name: string, ...values: string[]) =>
  fc.constantFrom(...values).map((value): (readonly [string, string])[] => [[name, value]])

const oddHeaders = fc.oneof(
  fc.constant([]),
  header(
    'Content-Type',
    ...[
      'application/json; charset=utf-16',
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      '',
      '\u00ff;;=',
      'a',
    ],
  ),
  header('content-encoding', 'gzip', 'GZIP', 'br', 'identity', 'Identity', '', 'x, y', '\u00e9'),
  header('X-Webhook-Event', 'workflow.failed', 'e\u00e9', '__proto__', 'x'.repeat(4_000)),
  header('Transfer-Type', 'a\tb'),
  header('Cookie', 'better-auth.session_token=x'),
  header('X-Forwarded-Host', 'evil.example'),
)

/** What stands around a body: headers, the way the signature is written, the way the body is sent. */
export const envelope: Arbitrary<Envelope> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(plainEnvelope) },
  {
    weight: 1,
    arbitrary: fc.record({
      headers: oddHeaders,
      signatureStyle: fc.constantFrom(...signatureStyles),
      isChunked: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  },
)

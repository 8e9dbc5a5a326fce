import { createHmac, timingSafeEqual } from 'node:crypto'
import { checkTime, signedTimeText } from './check-time'
import { diagnoseToken } from './diagnose-token'
import { bodyVariants, contentVariants, secretVariants, type Variant } from './doctor-variants'
import { looseSignatures } from './loose-signatures'
import type { HmacScheme, SignatureScheme, SignedTime } from './scheme'
import type { LiveSecret, SignedRequest } from './verifier'

/** What the doctor was able to tell of a delivery. */
export type Finding = {
  cause: string
  /** What is wrong, in one sentence. */
  sentence: string
  /** What it was seen by. */
  evidence: string
  /** What to change, in one sentence. */
  change: string
}

/** A secret that may have been used, and what a person knows it as. */
export type KnownSecret = LiveSecret & { known: string; isLive: boolean }

export type DiagnosisInput = {
  schemes: readonly SignatureScheme[]
  /** Every header name that the request had, in lower case. */
  headerNames: readonly string[]
  request: SignedRequest
  body: Buffer
  /** When it was received. */
  now: Date
  /** The source's own first. */
  secrets: readonly KnownSecret[]
  url: string
}

/** Beyond this each try takes too long for all of them: only one thing at a time is taken to be wrong. */
const bodyBytesForPairs = 128 * 1024

/**
 * Tries a delivery that was refused against the mistakes that are usual, one and then two at a time: another secret, another form of
 * the secret, of the body, of what is signed, of the signature's text, and the time.
 * @returns what fits, the most telling first; one finding that says so where nothing does.
 */
export function diagnose(input: DiagnosisInput): Finding[] {
  const scheme = input.schemes.find((one): one is HmacScheme => one.kind === 'hmac-sha256')
  const tokens = input.schemes.filter((one) => one.kind === 'token')
  if (!scheme) return tokens.length > 0 ? diagnoseToken(tokens, input) : [noTry(input)]
  const value = input.request.header(scheme.header)
  if (value === null) return [missingHeader(scheme, input)]
  const candidates = looseSignatures(value)
  if (candidates.length === 0) return [unreadable(scheme, value)]
  for (const deviationsMax of input.body.length > bodyBytesForPairs ? [0, 1] : [0, 1, 2]) {
    const match = findMatch(scheme, candidates, deviationsMax, input)
    if (match) return match
  }
  return [nothingFits(scheme, value)]
}

type Candidate = ReturnType<typeof looseSignatures>[number]

/** What fits with so many deviations and no fewer. What has too many already is not computed. */
function findMatch(
  scheme: HmacScheme,
  candidates: readonly Candidate[],
  deviationsMax: number,
  input: DiagnosisInput,
): Finding[] | null {
  const timestamp = scheme.time ? (signedTimeText(scheme, scheme.time, input.request.header) ?? '') : ''
  const bodies = bodyVariants(input.body)
  for (const secret of input.secrets) {
    for (const key of secretVariants(secret.secret, scheme.secret)) {
      for (const body of bodies) {
        const left = deviationsMax - (secret.isLive ? 0 : 1) - countOf(key) - countOf(body)
        if (left < 0 || left > 1) continue
        const contents = contentVariants({ ...input, scheme, timestamp, body: body.value }, left === 0)
        for (const content of contents) {
          if (countOf(content) !== left) continue
          const digest = createHmac('sha256', key.value).update(content.value).digest()
          const fitting = candidates.find(({ bytes }) => timingSafeEqual(bytes, digest))
          if (fitting)
            return findingsOf({ scheme, secret, deviations: [key, body, content], fitting, timestamp, input })
        }
      }
    }
  }
  return null
}

const countOf = ({ finding }: Variant<unknown>) => (finding === null ? 0 : 1)

type Match = {
  scheme: HmacScheme
  secret: KnownSecret
  deviations: readonly Variant<unknown>[]
  fitting: Candidate
  timestamp: string
  input: DiagnosisInput
}

function findingsOf({ scheme, secret, deviations, fitting, timestamp, input }: Match): Finding[] {
  const findings = deviations.flatMap(({ finding }) => finding ?? [])
  if (!secret.isLive) {
    findings.unshift({
      cause: 'other_secret',
      sentence: `It is signed with ${secret.known}.`,
      evidence: 'Its signature fits the exact bytes with that secret, and with no live one of this source.',
      change: 'Give the sender a live secret of this source, or add the one that it uses here.',
    })
  }
  const form = signatureForm(scheme, fitting)
  if (form) findings.push(form)
  const clock = scheme.time ? clockFinding(timestamp, scheme.time, input.now) : null
  if (clock) findings.push(clock)
  if (findings.length > 0) return findings
  return [
    {
      cause: 'genuine',
      sentence: 'The signature fits now.',
      evidence: `It fits the exact bytes with ${secret.known}.`,
      change: 'Have the sender send it again: the secret was added after it was refused, or it is taken already.',
    },
  ]
}

function signatureForm(scheme: HmacScheme, { encoding, prefix }: Candidate): Finding | null {
  const wanted = scheme.encoding === 'base64' ? 'base64' : 'hex'
  if (encoding !== wanted) {
    return {
      cause: 'encoding',
      sentence: `The signature is written in ${encoding}, and is to be in ${wanted === 'hex' ? 'hexadecimal' : wanted}.`,
      evidence: 'Read in that form it fits.',
      change: `Have the sender write it in ${wanted === 'hex' ? 'hexadecimal, 64 digits' : 'base64'}.`,
    }
  }
  if (prefix.toLowerCase() === scheme.prefix) return null
  return {
    cause: 'prefix',
    sentence:
      scheme.prefix === ''
        ? `“${prefix}” stands before the signature.`
        : `“${scheme.prefix}” is missing before the signature.`,
    evidence: `The header ${scheme.header} has ${prefix === '' ? 'nothing' : `“${prefix}”`} there.`,
    change:
      scheme.prefix === ''
        ? `Have the sender leave “${prefix}” out.`
        : `Have the sender write ${scheme.header}: ${scheme.prefix}<signature>.`,
  }
}

function clockFinding(text: string, time: SignedTime, now: Date): Finding | null {
  if (checkTime(text, time, now) === null) return null
  const other: SignedTime = { ...time, unit: time.unit === 's' ? 'ms' : 's' }
  if (checkTime(text, other, now) === null) {
    const [is, wanted] = time.unit === 's' ? ['milliseconds', 'seconds'] : ['seconds', 'milliseconds']
    return {
      cause: 'time_unit',
      sentence: `The signed time is in ${is}, and is to be in ${wanted}.`,
      evidence: `It is ${text}.`,
      change: `Have the sender sign the ${wanted} since 1970.`,
    }
  }
  const ageSeconds = Math.round(now.getTime() / 1_000 - Number(text) / (time.unit === 's' ? 1 : 1_000))
  if (!Number.isFinite(ageSeconds)) return unreadableTime(text)
  const side = ageSeconds > 0 ? 'old' : 'ahead'
  return {
    cause: 'clock',
    sentence: `The signature is right, and ${Math.abs(ageSeconds)} s ${side}: ${time.pastSeconds} s are allowed.`,
    evidence: `The signed time is ${text}; it was received at ${now.toISOString()}.`,
    change:
      side === 'old'
        ? 'Set the sender’s clock by NTP; or it sent an old delivery again without signing it anew.'
        : 'Set the sender’s clock by NTP, and Callboard’s, if that is the wrong one.',
  }
}

function unreadableTime(text: string): Finding {
  return {
    cause: 'time_unreadable',
    sentence: 'The signed time is no number.',
    evidence: `It is “${text.slice(0, 40)}”.`,
    change: 'Have the sender sign the seconds since 1970, in digits.',
  }
}

function missingHeader(scheme: HmacScheme, { headerNames }: DiagnosisInput): Finding {
  const others = headerNames.filter((name) => /signature|hmac|token|secret|authorization/.test(name))
  return {
    cause: 'missing_header',
    sentence: `There is no header ${scheme.header}.`,
    evidence: others.length > 0 ? `There is ${others.join(', ')}.` : 'No other header looks like a signature.',
    change:
      others.length > 0
        ? 'Set that header’s name in the source’s settings, or choose the sender that it belongs to.'
        : 'Turn signing on at the sender, or let the proxy on the way pass the header on.',
  }
}

function unreadable(scheme: HmacScheme, value: string): Finding {
  return {
    cause: 'malformed',
    sentence: `The header ${scheme.header} holds no signature of 32 bytes.`,
    evidence: `It has ${value.length} characters, and none of its parts is 64 hexadecimal digits or 44 of base64.`,
    change: 'Have the sender write the whole HMAC-SHA256, neither cut nor in quotes.',
  }
}

function nothingFits(scheme: HmacScheme, value: string): Finding {
  return {
    cause: 'unknown',
    sentence: 'No secret that Callboard knows fits, in no usual form.',
    evidence: `The header ${scheme.header} has ${value.length} characters and a signature of the right length.`,
    change:
      'Compare the secret at the sender with this source’s, or add the sender’s here; then look for what changes the body on its way.',
  }
}

function noTry({ schemes }: DiagnosisInput): Finding {
  const [scheme] = schemes
  return {
    cause: 'not_shared',
    sentence: 'This sender shares no secret to sign with, so there is nothing to try.',
    evidence: `It proves itself by ${scheme?.name ?? 'nothing'}.`,
    change: 'Check that the sender’s public keys can be fetched from here, and its clock and URL.',
  }
}

import type { DiagnosisInput, Finding } from './diagnose'
import type { TokenScheme } from './scheme'
import { tokenOf } from './verify-token'

/** What is wrong with a delivery that shows a token, or should. */
export function diagnoseToken(schemes: readonly TokenScheme[], { request, secrets }: DiagnosisInput): Finding[] {
  const places = schemes.filter((scheme) => scheme.in !== 'body')
  const shown = places.flatMap((scheme) => {
    const token = tokenOf(scheme, request)
    return token ? [{ scheme, token }] : []
  })
  if (shown.length === 0) return [noToken(places)]
  for (const { scheme, token } of shown) {
    const bare = token
      .replace(/^(bearer|basic|token)\s+/i, '')
      .replace(/^["']|["']$/g, '')
      .trim()
    for (const { secret, isLive, known } of secrets) {
      if (token === secret) return [isLive ? genuine(known) : otherSecret(known)]
      if (bare === secret) return [wrapped(scheme), ...(isLive ? [] : [otherSecret(known)])]
    }
  }
  const [first] = shown
  return [
    {
      cause: 'unknown',
      sentence: 'The token is none that Callboard knows.',
      evidence: `It stands in ${first ? placeOf(first.scheme) : ''} and has ${first?.token.length} characters.`,
      change: 'Compare it with this source’s secret: letter by letter, case included, and whether it was cut.',
    },
  ]
}

function placeOf({ in: place, at }: TokenScheme): string {
  const places = {
    header: `the header ${at}`,
    bearer: 'Authorization: Bearer',
    basic: 'Authorization: Basic',
    query: `the URL’s ?${at}=`,
    body: `the body’s ${at?.replaceAll('/', '.')}`,
  }
  return places[place]
}

function noToken(places: readonly TokenScheme[]): Finding {
  return {
    cause: 'missing_token',
    sentence: 'There is no token.',
    evidence: `It is looked for in ${places.map(placeOf).join(', ')}.`,
    change: 'Have the sender send the secret in one of these places; some proxies drop Authorization.',
  }
}

function genuine(known: string): Finding {
  return {
    cause: 'genuine',
    sentence: 'The token fits now.',
    evidence: `It is ${known}.`,
    change: 'Have the sender send it again: the secret was added after it was refused, or it is taken already.',
  }
}

function otherSecret(known: string): Finding {
  return {
    cause: 'other_secret',
    sentence: `The token is ${known}.`,
    evidence: 'It is no live secret of this source.',
    change: 'Give the sender a live secret of this source, or add the one that it uses here.',
  }
}

function wrapped(scheme: TokenScheme): Finding {
  return {
    cause: 'token_wrapped',
    sentence: 'Something stands around the token: a word such as Bearer, or quotes.',
    evidence: `Without it the token in ${placeOf(scheme)} fits.`,
    change: 'Have the sender send the secret alone there.',
  }
}

import { scanJson } from '@/lib/json/scan-json'
import { JsonSyntaxError } from '@/lib/json/scan-tokens'
import type { Preset } from '@/lib/presets/preset'
import { jsonStart } from './read-callback'
import { memberText } from './read-fields'

/**
 * The answer to a signed request by which a sender only asks whether the right one listens here (Slack's `url_verification`).
 * @returns null where the body is anything else: it is a callback.
 */
export function answerHandshake(raw: Buffer, { handshake, wanted }: Preset): Record<string, string> | null {
  if (!handshake) return null
  try {
    const scan = scanJson(raw, jsonStart(raw), { fields: wanted, cut: [], depthMax: 64 })
    if (memberText(raw, scan, handshake.path) !== handshake.value) return null
    const answer = memberText(raw, scan, handshake.answer)
    return answer === null ? null : { [handshake.answer]: answer }
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}

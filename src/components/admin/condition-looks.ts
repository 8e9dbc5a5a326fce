import {
  Binary,
  Braces,
  CalendarX2,
  ClockAlert,
  Copy,
  FileQuestionMark,
  GitCompare,
  Hash,
  KeyRound,
  Layers,
  type LucideIcon,
  ShieldX,
} from 'lucide-react'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import type { CallbackCondition } from '@/lib/llm-callbacks/vocabulary'
import type { BadgeTone } from '../ui/badge'

export type ConditionLook = { label: string; tone: BadgeTone; Icon: LucideIcon; meaning: string }

const textHasWhole = 'The payload shows it exactly as sent.'

/** What each condition is called, and one sentence on what it means and what to do. */
export const conditionLooks: Record<CallbackCondition, ConditionLook> = {
  variant: {
    label: 'Changed',
    tone: 'warning',
    Icon: GitCompare,
    meaning: 'Redelivered with different content: compare it with the first one before you rely on either.',
  },
  clock_skew: {
    label: 'Clock skew',
    tone: 'warning',
    Icon: ClockAlert,
    meaning: "The sender's time is more than 5 minutes from ours: check its clock.",
  },
  time_unreadable: {
    label: 'Time unreadable',
    tone: 'neutral',
    Icon: CalendarX2,
    meaning: `The sender's timestamp could not be read as a time. ${textHasWhole}`,
  },
  token_only: {
    label: 'Token only',
    tone: 'neutral',
    Icon: KeyRound,
    meaning: 'The sender proves itself by a token and signs nothing: whoever knows the token can send any body.',
  },
  duplicate_keys: {
    label: 'Duplicate keys',
    tone: 'warning',
    Icon: Copy,
    meaning: `An object names a key twice; the last one counts. ${textHasWhole}`,
  },
  nul: {
    label: 'NUL',
    tone: 'neutral',
    Icon: Binary,
    meaning: `The payload contains a NUL character. ${textHasWhole}`,
  },
  lone_surrogate: {
    label: 'Broken character',
    tone: 'neutral',
    Icon: Binary,
    meaning: `The payload contains half a surrogate pair. ${textHasWhole}`,
  },
  non_finite_number: {
    label: 'NaN',
    tone: 'neutral',
    Icon: Hash,
    meaning: `The payload contains NaN or Infinity, which JSON does not have. ${textHasWhole}`,
  },
  number_out_of_range: {
    label: 'Huge number',
    tone: 'neutral',
    Icon: Hash,
    meaning: `The payload contains a number that can't be computed with. ${textHasWhole}`,
  },
  too_deep: {
    label: 'Deeply nested',
    tone: 'neutral',
    Icon: Layers,
    meaning: `The payload is nested very deeply. ${textHasWhole}`,
  },
  empty_body: quarantined('Empty body', 'The body was empty.'),
  content_encoding: quarantined('Compressed', 'The body was sent compressed, which is not read.'),
  not_utf8: quarantined('Not UTF-8', 'The bytes are not UTF-8.'),
  not_json: quarantined('Not JSON', 'The body is not JSON.'),
  not_a_callback: quarantined('Not a callback', 'The JSON lacks what a callback needs.'),
}

function quarantined(label: string, reason: string): ConditionLook {
  return {
    label,
    tone: 'warning',
    Icon: label === 'Not JSON' ? Braces : FileQuestionMark,
    meaning: `${reason} The exact bytes are kept.`,
  }
}

const notVerified: ConditionLook = {
  label: 'Not verified',
  tone: 'danger',
  Icon: ShieldX,
  meaning: 'No secret matched the signature: do not act on it before you know who sent it.',
}

function deliveredTimes(count: number): ConditionLook {
  return {
    label: `×${count}`,
    tone: 'neutral',
    Icon: Copy,
    meaning: `Delivered ${count} times with the same content; kept once.`,
  }
}

type Callback = Pick<LLMCallbackSummary, 'conditions' | 'deliveryCount' | 'signatureValid'>

/** What is out of the ordinary about a callback, the gravest first. Nothing for what is as it should be. */
export function conditionLooksOf({ conditions, deliveryCount, signatureValid }: Callback): ConditionLook[] {
  return [
    ...(signatureValid ? [] : [notVerified]),
    ...conditions.map((condition) => conditionLooks[condition]).sort((a, b) => gravity(b) - gravity(a)),
    ...(deliveryCount > 1 ? [deliveredTimes(deliveryCount)] : []),
  ]
}

function gravity({ tone }: ConditionLook): number {
  return tone === 'warning' ? 1 : 0
}

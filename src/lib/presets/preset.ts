import type { FieldTree } from '@/lib/json/scan-json'
import type { CallbackStatus } from '@/lib/llm-callbacks/vocabulary'
import type { SignatureScheme } from '@/lib/signatures/scheme'

/** The columns that a preset fills from the payload. */
export type MappedField =
  | 'event'
  | 'jobId'
  | 'workflowName'
  | 'status'
  | 'errorMessage'
  | 'eventTime'
  | 'stepId'
  | 'durationMs'
  | 'tokensTotal'
  | 'costUsd'

/** Where a field's value comes from. Paths are joined with `/`; a member that is null, empty, an object or an array counts as missing. */
export type FieldRule =
  /** The member there, as it is. */
  | string
  /** Text, with members in braces: `prediction.{status}`. Missing where one of them is, or the one that it is said `where`. */
  | { template: string; where?: string }
  /** What stands before the last dot of the member there: `fine_tuning.job` of `fine_tuning.job.failed`. */
  | { stem: string }
  /** The member there in a unit that is not the column's: a time in seconds or milliseconds since 1970, a duration in seconds, US cents. */
  | { path: string; unit: 'unix s' | 'unix ms' | 's' | 'cents' }
  /** The time between two. */
  | { from: string; to: string }

/** What of a callback, beside its source, makes it the same one when it comes again. */
export type Identity =
  /** The id that the sender signs with each message. */
  | 'message id'
  /** Job, event, and these; where one of them is missing, the content. */
  | readonly MappedField[]
  /** The same for each event; all other events: their content. */
  | { byEvent: Readonly<Record<string, readonly MappedField[]>> }

/** Where what a sender leaves out can be asked for. */
export type ResultLookup = {
  /** By how the event begins; `{job}` stands for the job's id. */
  urls: Readonly<Record<string, string>>
  /** `{key}` stands for the API key. */
  headers: Readonly<Record<string, string>>
}

/** How one kind of sender signs, and what its fields mean. Data only: a new sender is one such file. */
export type PresetData = {
  /** Stands in the database. */
  id: string
  name: string
  /** Whatever a delivery brings for any of these is tried. The first is what Callboard itself signs tests with. */
  schemes: readonly SignatureScheme[]
  /** For each column where to look; the first that holds a usable value wins. */
  fields: Readonly<Partial<Record<MappedField, readonly FieldRule[]>>>
  /** Without these a body is no callback of this sender's, and goes into quarantine. */
  required?: readonly MappedField[]
  /** The member whose text says most to a reader; without it, the whole body. */
  preview?: string
  /** Top-level members that a retry sends anew and that are no news. */
  volatile?: readonly string[]
  identity: Identity
  /** What these events say of their job whatever `status` says. */
  statusByEvent?: Readonly<Record<string, CallbackStatus>>
  /** The sender's words, in lower case, for the value of `status` or for what stands behind an event's last dot. */
  statusWords?: Readonly<Record<string, CallbackStatus>>
  /** A top-level array of which each element is a callback; what these fields say beside it holds for each. */
  parts?: { path: string; shared: Readonly<Partial<Record<MappedField, readonly FieldRule[]>>> }
  /** A signed request that is a question, answered with one of its members and not stored: `type` is this, answer with that. */
  handshake?: { path: string; value: string; answer: string }
  /** For senders of no more than an id: where the rest is. */
  result?: ResultLookup
  /** What an admin may or must set for a source of this kind. */
  options?: readonly SourceOption[]
  /** Who makes the secret, and what one looks like; null where the sender publishes its keys instead. */
  secret: { madeBy: 'sender' | 'callboard'; example: string } | null
  /** What to do at the sender's, one sentence a step; `{url}` stands for the webhook URL. */
  setUp: readonly string[]
  /** How it tries again, and what surprises people, in Markdown. */
  notes: readonly string[]
  /** What this sender would send for a job of this id. */
  sample: (given: { id: string; now: Date }) => unknown
}

/** `header`: another name for the first scheme's header. `audience`: what the sender's tokens are made out to. */
export type SourceOption = 'header' | 'audience'

export type Preset = PresetData & {
  /** Every member that anything above names. */
  wanted: FieldTree
}

/** Completes a preset with what is worked out once. */
export function definePreset(data: PresetData): Preset {
  const rules = [...Object.values(data.fields), ...Object.values(data.parts?.shared ?? {})].flat()
  const paths = [
    ...rules.flatMap(pathsOf),
    data.preview,
    data.parts?.path,
    data.handshake?.path,
    data.handshake?.answer,
  ]
  return { ...data, wanted: treeOf(paths.filter((path) => path !== undefined)) }
}

export function pathsOf(rule: FieldRule): string[] {
  if (typeof rule === 'string') return [rule]
  if ('template' in rule) {
    const paths = [...rule.template.matchAll(/\{([^}]+)\}/g)].map(([, path = '']) => path)
    return rule.where === undefined ? paths : [...paths, rule.where]
  }
  if ('stem' in rule) return [rule.stem]
  return 'from' in rule ? [rule.from, rule.to] : [rule.path]
}

function treeOf(paths: readonly string[]): FieldTree {
  const tree: Record<string, FieldTree | true> = Object.create(null)
  for (const path of paths) {
    let node = tree
    const keys = path.split('/')
    for (const [index, key] of keys.entries()) {
      const known = node[key]
      if (index === keys.length - 1) node[key] ??= true
      else {
        const inner = known && known !== true ? known : Object.create(null)
        node[key] = inner
        node = inner
      }
    }
  }
  return tree
}

import { searchCharactersMax } from '@/lib/llm-callbacks/search/search-limits'
import {
  type CallbackStatus,
  type ConditionFilter,
  callbackStatuses,
  conditionFilters,
} from '@/lib/llm-callbacks/vocabulary'
import { type Density, densities } from '../../preferences/densities'
import { type ColumnId, columnIds, standardColumns } from './column-ids'

/** Values of one filter: any of `values`, and none of `excluded`. Both sorted, so that equal filters have equal URLs. */
export type Choice<Value extends string = string> = Readonly<{ values: readonly Value[]; excluded: readonly Value[] }>

export const relativeRanges = ['15min', '1h', '24h', '7d', '30d'] as const
export type RelativeRange = (typeof relativeRanges)[number]
export const pageSizes = [25, 50, 100, 200] as const
export const standardPageSize = 50
/** Beyond these the API refuses a filter. */
const valuesMax = 200
const valueCharactersMax = 1_024
const cursorCharactersMax = 64
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the callbacks page shows: everything about it that its URL says. */
export type HistoryState = Readonly<{
  status: Choice<CallbackStatus>
  workflow: Choice
  event: Choice
  source: Choice
  scheme: Choice
  condition: Choice<ConditionFilter>
  viewed: boolean | null
  handled: boolean | null
  job: string | null
  q: string | null
  /** Exactly these callbacks, as a notification names them. */
  ids: readonly string[]
  range: RelativeRange | null
  /** Received at or after, ISO 8601 in UTC. */
  from: string | null
  /** Received before, ISO 8601 in UTC. */
  to: string | null
  density: Density | null
  /** Null for the standard ones, which follow the width of the page. */
  cols: readonly ColumnId[] | null
  size: number
  /** Of an older page; with `newer:` before it, of a newer one. */
  cursor: string | null
  /** The view tab that the filters came from. */
  view: string | null
}>

/** How one parameter stands in the URL. What can't be read is null and ignored; what is standard is left out. */
type Codec<Value> = Readonly<{
  standard: Value
  parse: (text: string) => Value | null
  serialize: (value: NonNullable<Value>) => string
}>
type Codecs = { [Key in keyof HistoryState]: Codec<HistoryState[Key]> }

export const noChoice: Choice<never> = { values: [], excluded: [] }

export const codecs: Codecs = {
  status: choiceOf(callbackStatuses),
  workflow: choiceOf<string>(),
  event: choiceOf<string>(),
  source: choiceOf<string>(),
  scheme: choiceOf<string>(),
  condition: choiceOf(conditionFilters),
  viewed: yesOrNo(),
  handled: yesOrNo(),
  job: text(),
  q: text(searchCharactersMax),
  ids: {
    standard: [],
    parse: (value) =>
      value
        .split(',')
        .filter((id) => uuidPattern.test(id))
        .slice(0, valuesMax),
    serialize: (ids) => ids.join(','),
  },
  range: oneOf(relativeRanges),
  from: moment(),
  to: moment(),
  density: oneOf(densities),
  cols: {
    standard: null,
    parse: (value) => known(value.split(','), columnIds),
    serialize: (columns) => columns.join(','),
  },
  size: {
    standard: standardPageSize,
    parse: (value) => pageSizes.find((size) => String(size) === value) ?? null,
    serialize: String,
  },
  cursor: text(cursorCharactersMax),
  view: text(),
}

export const stateKeys = Object.keys(codecs) as (keyof HistoryState)[]

/** What a query says, given as a query string or as Next hands it to a page. */
export function readHistoryState(query: string | Record<string, string | string[] | undefined>): HistoryState {
  const read =
    typeof query === 'string' ? Object.fromEntries(new URLSearchParams(query)) : (query as Record<string, unknown>)
  const entries = stateKeys.map((key) => {
    const value = read[key]
    return [key, (typeof value === 'string' ? codecs[key].parse(value) : null) ?? codecs[key].standard]
  })
  return Object.fromEntries(entries) as HistoryState
}

/** Text of one parameter, or null where it would say what is so anyway. */
export function serializeParameter<Key extends keyof HistoryState>(key: Key, value: HistoryState[Key]): string | null {
  const { serialize, standard } = codecs[key] as Codec<HistoryState[Key]>
  if (value === null) return null
  const serialized = serialize(value as NonNullable<HistoryState[Key]>)
  const isStandard = standard !== null && serialized === serialize(standard as NonNullable<HistoryState[Key]>)
  return isStandard || serialized === '' ? null : serialized
}

/** Of a list as the API reads it: a comma in a value is `%2C`, and only a `!` of ours stands first. */
function choiceOf<Value extends string>(allowed?: readonly Value[]): Codec<Choice<Value>> {
  return {
    standard: noChoice,
    parse(text) {
      const tokens = [...new Set(text.split(','))].filter((token) => token !== '' && token !== '!')
      const read = (chosen: string[]) => {
        const values = chosen
          .map((token) => token.replaceAll('%2C', ',').replace(/^%21/, '!'))
          .filter((value) => isColumnText(value))
          .slice(0, valuesMax)
        return (allowed ? known(values, allowed) : (values as Value[])).sort()
      }
      return {
        values: read(tokens.filter((token) => !token.startsWith('!'))),
        excluded: read(tokens.filter((token) => token.startsWith('!')).map((token) => token.slice(1))),
      }
    },
    serialize({ values, excluded }) {
      const write = (value: string) => value.replaceAll(',', '%2C').replace(/^!/, '%21')
      return [...[...values].sort().map(write), ...[...excluded].sort().map((value) => `!${write(value)}`)].join(',')
    },
  }
}

function known<Value extends string>(values: readonly string[], allowed: readonly Value[]): Value[] {
  return [...new Set(values)].filter((value): value is Value => (allowed as readonly string[]).includes(value))
}

function oneOf<Value extends string>(allowed: readonly Value[]): Codec<Value | null> {
  return { standard: null, parse: (value) => known([value], allowed)[0] ?? null, serialize: (value) => value }
}

function yesOrNo(): Codec<boolean | null> {
  return {
    standard: null,
    parse: (value) => (value === 'true' ? true : value === 'false' ? false : null),
    serialize: String,
  }
}

function text(charactersMax = valueCharactersMax): Codec<string | null> {
  return {
    standard: null,
    parse: (value) => (isColumnText(value, charactersMax) ? value : null),
    serialize: (value) => value,
  }
}

function isColumnText(value: string, charactersMax = valueCharactersMax): boolean {
  return value !== '' && value.length <= charactersMax && !value.includes('\0')
}

function moment(): Codec<string | null> {
  return {
    standard: null,
    // toISOString() writes years beyond 9999 with a sign, which the API does not read.
    parse: (value) =>
      /^\d{4}-/.test(value) && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : null,
    serialize: (value) => value,
  }
}

/** The columns to show, in their order. */
export function columnsShown({ cols }: Pick<HistoryState, 'cols'>): readonly ColumnId[] {
  return cols === null || cols.length === 0 ? standardColumns : cols
}

import { describeByte, type JsonRemark, JsonSyntaxError, scanNumberOrWord, scanString, skipSpace } from './scan-tokens'

/** Names the members to find, by key: `true` for one alone, a tree for one and members inside it. */
export type FieldTree = { readonly [key: string]: FieldTree | true }

/** A stretch of the body, in bytes: `start` inclusive, `end` exclusive. */
export type Span = { start: number; end: number }

export type JsonScan = {
  isObject: boolean
  /** The value of each wanted member that is there, keyed by its path joined with `/`. Of duplicate keys the last wins. */
  fields: ReadonlyMap<string, Span>
  /** Every top-level member whose key was asked to be cut: from its key's opening quote to the end of its value. */
  cut: readonly Span[]
  /** The elements of the array that was asked for; none where that member is none. */
  elements: readonly Span[]
  remarks: ReadonlySet<JsonRemark>
}

type Wanted = {
  fields: FieldTree
  /** Top-level keys whose members are reported in `cut`. */
  cut: readonly string[]
  /** Nesting beyond this gets the remark `too_deep`. */
  depthMax: number
  /** A top-level member of `fields` that may be an array: its elements are reported. */
  elements?: string
}

/** An open object or array. Most objects have few keys: a set is made only for the second one. */
type Container = {
  isObject: boolean
  firstKey: string | null
  keys: Set<string> | null
  tree: FieldTree | null
  path: string
  /** The member that is being read. */
  keyStart: number
  cutMember: boolean
  field: { path: string; start: number } | null
  /** Of the array whose elements are reported, where the one that is being read starts. */
  elementStart: number | null
}

const objectOpen = 0x7b
const objectClose = 0x7d
const arrayOpen = 0x5b
const arrayClose = 0x5d
const comma = 0x2c
const colon = 0x3a
const quote = 0x22

/**
 * Walks a JSON text (RFC 8259, and the bare NaN and Infinity that Python writes) once, without recursion, building no
 * value: finds the wanted members and remarks on what PostgreSQL's jsonb or a reader would stumble over. Numbers keep
 * their digits, since nothing is parsed. `bytes` must be valid UTF-8; `start` skips a byte order mark.
 * @throws JsonSyntaxError
 */
export function scanJson(bytes: Uint8Array, start: number, wanted: Wanted): JsonScan {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const remarks = new Set<JsonRemark>()
  const fields = new Map<string, Span>()
  const cut: Span[] = []
  const elements: Span[] = []
  const stack: Container[] = []
  let at = skipSpace(bytes, start)
  const isObject = bytes[at] === objectOpen

  for (;;) {
    const byte = bytes[at]
    if (byte === objectOpen || byte === arrayOpen) {
      const opened = openContainer(byte === objectOpen, stack.at(-1), wanted.fields)
      stack.push(opened)
      if (stack.length > wanted.depthMax) remarks.add('too_deep')
      at = skipSpace(bytes, at + 1)
      if (isAskedFor(opened, stack, wanted)) {
        // Of duplicate keys the last wins.
        elements.length = 0
        opened.elementStart = at
      }
      if (bytes[at] !== closerOf(opened)) {
        if (opened.isObject) at = beginMember(text, at, opened, { cut: cutAt(stack, wanted), fields, remarks })
        continue
      }
      stack.pop()
      at += 1
    } else {
      at = byte === quote ? scanString(bytes, at, remarks) : scanNumberOrWord(bytes, at, remarks)
    }
    // A value is complete, and with it perhaps the containers that it ends.
    let container = stack.at(-1)
    while (container) {
      endMember(container, at, fields, cut)
      if (container.elementStart !== null) elements.push({ start: container.elementStart, end: at })
      at = skipSpace(bytes, at)
      if (bytes[at] === comma) break
      if (bytes[at] !== closerOf(container))
        throw unexpected(bytes, at, container.isObject ? 'a comma or "}"' : 'a comma or "]"')
      at += 1
      stack.pop()
      container = stack.at(-1)
    }
    if (!container) {
      // Of duplicate keys the last wins, and it may be no array.
      const asked = wanted.elements === undefined ? undefined : fields.get(wanted.elements)
      const isArray = asked !== undefined && bytes[asked.start] === arrayOpen
      return finish(bytes, at, { isObject, fields, cut, elements: isArray ? elements : [], remarks })
    }
    at = skipSpace(bytes, at + 1)
    if (container.elementStart !== null) container.elementStart = at
    if (container.isObject) at = beginMember(text, at, container, { cut: cutAt(stack, wanted), fields, remarks })
  }
}

const noKeys: readonly string[] = []

function cutAt(stack: readonly Container[], wanted: Wanted): readonly string[] {
  return stack.length === 1 ? wanted.cut : noKeys
}

function isAskedFor(opened: Container, stack: readonly Container[], { elements }: Wanted): boolean {
  return !opened.isObject && elements !== undefined && stack.length === 2 && stack[0]?.field?.path === elements
}

function closerOf(container: Container): number {
  return container.isObject ? objectClose : arrayClose
}

function openContainer(isObject: boolean, parent: Container | undefined, root: FieldTree): Container {
  const tree = parent ? subtree(parent) : root
  return {
    isObject,
    firstKey: null,
    keys: null,
    tree: isObject ? tree : null,
    path: parent?.field ? `${parent.field.path}/` : '',
    keyStart: 0,
    cutMember: false,
    field: null,
    elementStart: null,
  }
}

function subtree(parent: Container): FieldTree | null {
  if (!parent.field || !parent.tree) return null
  const child = parent.tree[parent.field.path.slice(parent.path.length)]
  return child && child !== true ? child : null
}

type MemberWork = { cut: readonly string[]; fields: Map<string, Span>; remarks: Set<JsonRemark> }

/** Reads `"key" :` and returns where the value begins. */
function beginMember(text: Buffer, at: number, container: Container, work: MemberWork): number {
  if (text[at] !== quote) throw unexpected(text, at, 'a key in quotes')
  const end = scanString(text, at, work.remarks)
  const key = readKey(text, at, end)
  if (!rememberKey(container, key)) work.remarks.add('duplicate_keys')
  const afterKey = skipSpace(text, end)
  if (text[afterKey] !== colon) throw unexpected(text, afterKey, 'a colon')
  const valueStart = skipSpace(text, afterKey + 1)
  container.keyStart = at
  container.cutMember = work.cut.includes(key)
  container.field = null
  if (container.tree && Object.hasOwn(container.tree, key)) {
    const path = container.path + key
    if (work.fields.has(path)) forget(work.fields, path)
    container.field = { path, start: valueStart }
  }
  return valueStart
}

/** The last of duplicate keys wins with all that is in it: nothing of the earlier one may show through. */
function forget(fields: Map<string, Span>, path: string): void {
  for (const known of fields.keys()) if (known === path || known.startsWith(`${path}/`)) fields.delete(known)
}

function readKey(text: Buffer, start: number, end: number): string {
  const raw = text.toString('utf8', start + 1, end - 1)
  return raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw
}

/** False when the object has this key already. */
function rememberKey(container: Container, key: string): boolean {
  if (container.firstKey === null) {
    container.firstKey = key
    return true
  }
  container.keys ??= new Set([container.firstKey])
  if (container.keys.has(key)) return false
  container.keys.add(key)
  return true
}

function endMember(container: Container, end: number, fields: Map<string, Span>, cut: Span[]): void {
  if (container.field) fields.set(container.field.path, { start: container.field.start, end })
  if (container.cutMember) cut.push({ start: container.keyStart, end })
  container.field = null
  container.cutMember = false
}

function finish(bytes: Uint8Array, at: number, scan: JsonScan): JsonScan {
  const end = skipSpace(bytes, at)
  const extra = bytes[end]
  if (extra !== undefined)
    throw new JsonSyntaxError(`Unexpected ${describeByte(extra)} after the end of the JSON text`, end)
  return scan
}

function unexpected(bytes: Uint8Array, at: number, expected: string): JsonSyntaxError {
  const byte = bytes[at]
  return byte === undefined
    ? new JsonSyntaxError(`The text ends where ${expected} should be`, at)
    : new JsonSyntaxError(`Unexpected ${describeByte(byte)} where ${expected} should be`, at)
}

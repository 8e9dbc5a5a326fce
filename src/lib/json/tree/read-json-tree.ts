import { type JsonTree, jsonKind } from './json-tree'

const brace = 0x7b
const braceEnd = 0x7d
const bracket = 0x5b
const bracketEnd = 0x5d
const comma = 0x2c
const colon = 0x3a
const quote = 0x22
const backslash = 0x5c

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordPattern = /true|false|null|NaN|-?Infinity/y
const valuesPerStep = 1_024

/** Where a text stops being JSON. */
export class NotJsonError extends Error {
  override name = 'NotJsonError'
  constructor(readonly offset: number) {
    super(`not JSON at ${offset}`)
  }
}

/**
 * Reads a JSON text (RFC 8259, and Python's bare NaN and Infinity) for showing it, without recursion. Yields now and
 * then, so that whoever drives it may leave the thread to others. A browser's counterpart of `scanJson`, on UTF-16.
 * @throws NotJsonError
 */
export function* readJsonTree(text: string): Generator<undefined, JsonTree> {
  const tree = new TreeBuilder()
  let at = skipSpace(text, 0)
  let open = -1
  let key = noKey
  for (let step = 1; ; step++) {
    if (step % valuesPerStep === 0) yield
    const code = text.charCodeAt(at)
    if (code === brace || code === bracket) {
      const node = tree.add(code === brace ? jsonKind.object : jsonKind.array, key, at, open)
      at = skipSpace(text, at + 1)
      if (text.charCodeAt(at) !== (code === brace ? braceEnd : bracketEnd)) {
        open = node
        key = code === brace ? readKey(text, at) : noKey
        at = code === brace ? key.valueStart : at
        continue
      }
      at += 1
      tree.end(node, at)
    } else {
      const kind = code === quote ? jsonKind.string : isNumberStart(text, at) ? jsonKind.number : jsonKind.word
      const node = tree.add(kind, key, at, open)
      at = endOfScalar(text, at, kind)
      tree.end(node, at)
    }
    while (open !== -1) {
      at = skipSpace(text, at)
      if (text.charCodeAt(at) === comma) break
      if (text.charCodeAt(at) !== (tree.isObject(open) ? braceEnd : bracketEnd)) throw new NotJsonError(at)
      at += 1
      tree.end(open, at)
      open = tree.parentOf(open)
    }
    at = skipSpace(text, open === -1 ? at : at + 1)
    if (open === -1) {
      if (at < text.length) throw new NotJsonError(at)
      return tree.finish(text)
    }
    key = tree.isObject(open) ? readKey(text, at) : noKey
    at = key === noKey ? at : key.valueStart
  }
}

type Key = { start: number; end: number; valueStart: number }

const noKey: Key = { start: -1, end: -1, valueStart: -1 }

function readKey(text: string, at: number): Key {
  if (text.charCodeAt(at) !== quote) throw new NotJsonError(at)
  const end = endOfString(text, at)
  const colonAt = skipSpace(text, end)
  if (text.charCodeAt(colonAt) !== colon) throw new NotJsonError(colonAt)
  return { start: at, end, valueStart: skipSpace(text, colonAt + 1) }
}

function isNumberStart(text: string, at: number): boolean {
  const code = text.charCodeAt(text[at] === '-' ? at + 1 : at)
  return code >= 0x30 && code <= 0x39
}

function endOfScalar(text: string, at: number, kind: number): number {
  if (kind === jsonKind.string) return endOfString(text, at)
  const pattern = kind === jsonKind.number ? numberPattern : wordPattern
  pattern.lastIndex = at
  if (!pattern.test(text)) throw new NotJsonError(at)
  return pattern.lastIndex
}

/** The closing quote is the first with an even number of backslashes before it; indexOf makes a long string cheap. */
function endOfString(text: string, at: number): number {
  for (let from = at + 1; ; ) {
    const closing = text.indexOf('"', from)
    if (closing === -1) throw new NotJsonError(text.length)
    let before = closing - 1
    while (text.charCodeAt(before) === backslash) before--
    if ((closing - before) % 2 === 1) return closing + 1
    from = closing + 1
  }
}

function skipSpace(text: string, at: number): number {
  for (let i = at; ; i++) {
    const code = text.charCodeAt(i)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return i
  }
}

/** Collects the columns of a tree; they double when they are full. */
class TreeBuilder {
  #size = 0
  #kinds = new Uint8Array(256)
  #starts = new Int32Array(256)
  #ends = new Int32Array(256)
  #keyStarts = new Int32Array(256)
  #keyEnds = new Int32Array(256)
  #parents = new Int32Array(256)
  #childCounts = new Int32Array(256)
  #nexts = new Int32Array(256)

  add(kind: number, key: Key, start: number, parent: number): number {
    const node = this.#size
    if (node === this.#kinds.length) this.#grow()
    this.#size += 1
    this.#kinds[node] = kind
    this.#starts[node] = start
    this.#keyStarts[node] = key.start
    this.#keyEnds[node] = key.end
    this.#parents[node] = parent
    if (parent !== -1) this.#childCounts[parent] = (this.#childCounts[parent] ?? 0) + 1
    return node
  }

  end(node: number, end: number): void {
    this.#ends[node] = end
    this.#nexts[node] = this.#size
  }

  isObject(node: number): boolean {
    return this.#kinds[node] === jsonKind.object
  }

  parentOf(node: number): number {
    return this.#parents[node] ?? -1
  }

  finish(text: string): JsonTree {
    return {
      text,
      size: this.#size,
      kinds: this.#kinds,
      starts: this.#starts,
      ends: this.#ends,
      keyStarts: this.#keyStarts,
      keyEnds: this.#keyEnds,
      parents: this.#parents,
      childCounts: this.#childCounts,
      nexts: this.#nexts,
    }
  }

  #grow(): void {
    const kinds = new Uint8Array(this.#kinds.length * 2)
    kinds.set(this.#kinds)
    this.#kinds = kinds
    this.#starts = doubled(this.#starts)
    this.#ends = doubled(this.#ends)
    this.#keyStarts = doubled(this.#keyStarts)
    this.#keyEnds = doubled(this.#keyEnds)
    this.#parents = doubled(this.#parents)
    this.#childCounts = doubled(this.#childCounts)
    this.#nexts = doubled(this.#nexts)
  }
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2)
  larger.set(column)
  return larger
}

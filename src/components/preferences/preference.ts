import { useSyncExternalStore } from 'react'

/** A setting that this browser keeps, in localStorage under `callboard.<name>`. */
export type Preference<Value> = Readonly<{
  get: () => Value
  set: (value: Value) => void
  /** The value, again at each change in any tab; the server renders the standard one. */
  use: () => Value
}>

type PreferenceOptions<Value> = {
  name: string
  standard: Value
  /** Turns what was stored, by this or an older version, into a value; whatever it can't use becomes the standard one. */
  parse: (stored: unknown) => Value | null
}

/** Defines one setting. The value is JSON; a browser that refuses storage keeps it as long as the page lives. */
export function definePreference<Value>({ name, standard, parse }: PreferenceOptions<Value>): Preference<Value> {
  const key = `callboard.${name}`
  const listeners = new Set<() => void>()
  let cached: { text: string | null; value: Value } | null = null
  let isUnstored = false

  function get(): Value {
    const text = readStored(key)
    if (cached === null || (cached.text !== text && !isUnstored)) cached = { text, value: read(text) }
    return cached.value
  }

  function read(text: string | null): Value {
    if (text === null) return standard
    try {
      return parse(JSON.parse(text)) ?? standard
    } catch {
      return standard
    }
  }

  function set(value: Value): void {
    const text = JSON.stringify(value)
    cached = { text, value }
    isUnstored = !writeStored(key, text)
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key || event.key === null) listener()
    }
    listeners.add(listener)
    window.addEventListener('storage', onStorage)
    return () => {
      listeners.delete(listener)
      window.removeEventListener('storage', onStorage)
    }
  }

  return { get, set, use: () => useSyncExternalStore(subscribe, get, () => standard) }
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function writeStored(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

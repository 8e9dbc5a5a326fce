import { useEffect, useState } from 'react'
import type { JsonTree } from '@/lib/json/tree/json-tree'
import { NotJsonError, readJsonTree } from '@/lib/json/tree/read-json-tree'
import { runInSlices } from './run-in-slices'

export type Payload = {
  /** Null where the bytes are no text. */
  text: string | null
  /** Null while it is read, and where the text is not JSON. */
  tree: JsonTree | null
  isReading: boolean
}

/** Reads a payload for showing it. */
export function useJsonTree(text: string | null | undefined): Payload {
  const [read, setRead] = useState<{ text: string; tree: JsonTree | null } | null>(null)
  useEffect(() => {
    if (text == null) return
    const stop = new AbortController()
    runInSlices(readJsonTree(text), stop.signal).then(
      (tree) => setRead({ text, tree }),
      (error: unknown) => {
        if (error instanceof NotJsonError) setRead({ text, tree: null })
        else if (!stop.signal.aborted) throw error
      },
    )
    return () => stop.abort()
  }, [text])
  const isReady = text != null && read?.text === text
  return { text: text ?? null, tree: isReady ? read.tree : null, isReading: text != null && !isReady }
}

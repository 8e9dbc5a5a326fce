import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

export type OpenOptions = {
  /** Adds a window instead of reusing the focused one that is not pinned. */
  inNewWindow?: boolean
  /** What is known already: the window's header shows in its first frame. */
  summary?: LLMCallbackSummary
}

type Opener = (id: string, options: OpenOptions) => void

let opener: Opener | null = null

/** Names who opens windows: the one component of the shell that shows them. */
export function setCallbackOpener(next: Opener | null): void {
  opener = next
}

/** Opens a callback in a window over whatever page there is; where no windows are, as a page of its own. */
export function openCallback(id: string, options: OpenOptions = {}): void {
  if (opener) opener(id, options)
  else window.location.assign(`/callbacks/${id}`)
}

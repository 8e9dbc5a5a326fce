import { type CallbackWindow, type DetailTab, detailTabs, openMax, type WindowEntry } from './window-state'

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What `open=<id>.<tab>,<id>` names, the focused one last; what can't be read is left out, never an error. */
export function parseOpenParameter(text: string): WindowEntry[] {
  const entries = new Map<string, WindowEntry>()
  for (const part of text.split(',')) {
    const [id = '', tab] = part.split('.')
    if (!idPattern.test(id)) continue
    const callbackId = id.toLowerCase()
    entries.delete(callbackId)
    entries.set(callbackId, { callbackId, tab: detailTabs.find((one) => one === tab) ?? null })
  }
  return [...entries.values()].slice(-openMax)
}

type Named = Pick<CallbackWindow, 'callbackId'> & { tab: DetailTab | null }

/** The same in reverse; null without windows, so that the parameter goes. */
export function openParameterOf(open: readonly Named[]): string | null {
  if (open.length === 0) return null
  return open.map(({ callbackId, tab }) => (tab === null ? callbackId : `${callbackId}.${tab}`)).join(',')
}

/** The id in the path of a callback's permalink; null for any other path. */
export function permalinkId(pathname: string): string | null {
  const id = /^\/callbacks\/([^/]+)\/?$/.exec(pathname)?.[1]
  return id === undefined ? null : id.toLowerCase()
}

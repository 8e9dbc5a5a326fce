import { X } from 'lucide-react'
import { visibleText } from '@/lib/text/visible-text'
import { StatusIcon } from '../../admin/StatusBadge'
import { useCallbackList } from '../callback-list'
import { useDetail } from '../data/detail-query'
import type { CallbackWindow } from '../window-state'
import { dispatchToWindows } from '../window-store'
import { leaveWindow } from './window-focus'

/** The minimised windows, as tabs at the bottom of the screen. */
export function WindowDock({ windows }: { windows: readonly CallbackWindow[] }) {
  if (windows.length === 0) return null
  return (
    <ul
      aria-label="Minimised callbacks"
      className="pointer-events-none absolute right-6 bottom-0 left-6 flex justify-end gap-1 overflow-x-auto"
    >
      {windows.map((window) => (
        <DockTab key={window.key} window={window} />
      ))}
    </ul>
  )
}

function DockTab({ window: { key, callbackId, summary } }: { window: CallbackWindow }) {
  const { data } = useDetail(callbackId)
  const list = useCallbackList()
  const callback = data ?? summary
  const name = callback?.workflowName == null ? 'Callback' : visibleText(callback.workflowName)
  return (
    <li className="pointer-events-auto flex h-8 min-w-0 max-w-52 items-center rounded-t-control border border-line border-b-0 bg-raised pl-2 shadow-menu">
      <button
        type="button"
        aria-label={`Restore ${name}`}
        className="flex h-full min-w-0 cursor-pointer items-center gap-1.5"
        onClick={() => dispatchToWindows({ do: 'focus', key })}
      >
        {callback && <StatusIcon callback={callback} />}
        <bdi className="truncate text-meta">{name}</bdi>
      </button>
      <button
        type="button"
        aria-label={`Close ${name}`}
        className="grid h-full w-7 shrink-0 cursor-pointer place-items-center text-ink-2 hover:text-ink"
        onClick={() => leaveWindow('close', { key, callbackId }, list)}
      >
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </li>
  )
}

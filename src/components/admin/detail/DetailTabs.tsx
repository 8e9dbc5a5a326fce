import { type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react'
import { useShortcuts } from '../../keyboard/shortcuts'
import { cn } from '../../ui/cn'
import { type DetailTab, detailTabs } from '../../windows/window-state'

const labels: Record<DetailTab, string> = {
  result: 'Result',
  payload: 'Payload',
  signature: 'Signature',
  deliveries: 'Deliveries',
  details: 'Details',
}

type DetailTabsProps = {
  chosen: DetailTab
  onChoose: (tab: DetailTab) => void
  within: RefObject<HTMLElement | null>
  children: ReactNode
}

/** Five views of one callback; 1 to 5 choose them from anywhere in the window. */
export function DetailTabs({ chosen, onChoose, within, children }: DetailTabsProps) {
  const id = useId()
  useShortcuts(
    'window',
    detailTabs.map((tab, index) => ({ keys: String(index + 1), label: labels[tab], run: () => onChoose(tab) })),
    within,
  )

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const at = detailTabs.indexOf(chosen)
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: detailTabs.length - 1 }[event.key]
    const tab = target === undefined ? undefined : detailTabs[(target + detailTabs.length) % detailTabs.length]
    if (!tab) return
    event.preventDefault()
    onChoose(tab)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${tab}"]`)?.focus()
  }

  return (
    <>
      <div
        role="tablist"
        aria-label="Views of the callback"
        className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-2"
        onKeyDown={onKeyDown}
      >
        {detailTabs.map((tab) => (
          <button
            key={tab}
            id={`${id}-${tab}`}
            type="button"
            role="tab"
            data-tab={tab}
            aria-selected={tab === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
            className={cn(
              'h-8 shrink-0 cursor-pointer border-b-2 px-2 font-medium text-ink-2 -outline-offset-2 hover:text-ink pointer-coarse:h-11',
              tab === chosen ? 'border-b-accent text-ink' : 'border-b-transparent',
            )}
          >
            {labels[tab]}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${chosen}`}
        className="@container min-h-0 flex-1 overflow-y-auto"
      >
        {children}
      </div>
    </>
  )
}

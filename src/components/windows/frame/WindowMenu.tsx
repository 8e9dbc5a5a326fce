import { Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import { buttonClass } from '../../ui/button'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '../../ui/menu'
import type { CallbackWindow } from '../window-state'
import { dispatchToWindows } from '../window-store'
import type { Adjustment } from './use-arrow-adjustment'

type WindowMenuProps = {
  window: CallbackWindow
  /** A full-screen window on a narrow screen has no place to be given. */
  isPlaceable: boolean
  onAdjust: (adjustment: Adjustment) => void
  onCopyLink: () => void
  onMinimise: () => void
}

/** All that a pointer does to a window, for the keyboard, and what narrow title bars leave out. */
export function WindowMenu({ window, isPlaceable, onAdjust, onCopyLink, onMinimise }: WindowMenuProps) {
  const { key, isPinned, mode } = window
  const adjustment = useRef<Adjustment | null>(null)
  const adjust = (wanted: Adjustment) => {
    adjustment.current = wanted
  }
  return (
    <Menu>
      <MenuTrigger className={buttonClass('ghost', 'h-7 w-7 px-0')} aria-label="Window">
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </MenuTrigger>
      <MenuContent
        align="end"
        onCloseAutoFocus={(event) => {
          // The arrow keys go to the window, not to the button that opened this.
          if (adjustment.current === null) return
          event.preventDefault()
          onAdjust(adjustment.current)
          adjustment.current = null
        }}
      >
        <MenuItem keys="y" onSelect={onCopyLink}>
          Copy link
        </MenuItem>
        <MenuItem onSelect={() => dispatchToWindows({ do: 'togglePinned', key })}>
          {isPinned ? 'Unpin' : 'Pin'}
        </MenuItem>
        <MenuItem keys="-" onSelect={onMinimise}>
          Minimise
        </MenuItem>
        {isPlaceable && (
          <>
            <MenuItem keys="=" onSelect={() => dispatchToWindows({ do: 'toggleMaximised', key })}>
              {mode === 'maximised' ? 'Restore size' : 'Maximise'}
            </MenuItem>
            <MenuSeparator />
            {mode === 'floating' && (
              <>
                <MenuItem onSelect={() => adjust('move')}>Move</MenuItem>
                <MenuItem onSelect={() => adjust('resize')}>Resize</MenuItem>
              </>
            )}
            <MenuItem onSelect={() => dispatchToWindows({ do: 'snap', key, side: 'left' })}>Snap left</MenuItem>
            <MenuItem onSelect={() => dispatchToWindows({ do: 'snap', key, side: 'right' })}>Snap right</MenuItem>
            <MenuItem onSelect={() => dispatchToWindows({ do: 'tile' })}>Tile all</MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  )
}

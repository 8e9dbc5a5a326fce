import { Dialog } from '../ui/dialog'
import LiveSettings from './LiveSettings'

/** The indicator's popover for screens that have no room for one. */
export default function LiveDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Notifications">
      <div>
        <LiveSettings />
      </div>
    </Dialog>
  )
}

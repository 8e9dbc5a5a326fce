import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  ShieldAlert,
} from 'lucide-react'
import type { CallbackStatus, PayloadState } from '@/lib/llm-callbacks/vocabulary'
import { Badge, type BadgeTone } from '../ui/badge'

type Look = { label: string; tone: BadgeTone; Icon: LucideIcon }

/** The one table of what a status looks like: colour, icon and word. Quarantined takes the place of a status. */
export const statusLooks: Record<CallbackStatus | 'quarantined', Look> = {
  completed: { label: 'Completed', tone: 'success', Icon: CircleCheck },
  failed: { label: 'Failed', tone: 'danger', Icon: CircleX },
  canceled: { label: 'Canceled', tone: 'neutral', Icon: CircleSlash },
  in_progress: { label: 'In progress', tone: 'info', Icon: LoaderCircle },
  waiting: { label: 'Waiting', tone: 'waiting', Icon: CirclePause },
  queued: { label: 'Queued', tone: 'neutral', Icon: CircleDashed },
  unknown: { label: 'Unknown', tone: 'neutral', Icon: CircleQuestionMark },
  quarantined: { label: 'Quarantined', tone: 'warning', Icon: ShieldAlert },
}

/** What a callback is to be shown as. */
export function statusShown(callback: {
  status: CallbackStatus
  payloadState: PayloadState
}): keyof typeof statusLooks {
  return callback.payloadState === 'quarantined' ? 'quarantined' : callback.status
}

export function StatusBadge({ callback }: { callback: { status: CallbackStatus; payloadState: PayloadState } }) {
  const { label, tone, Icon } = statusLooks[statusShown(callback)]
  return (
    <Badge tone={tone}>
      <Icon strokeWidth={1.75} aria-hidden="true" />
      {label}
    </Badge>
  )
}

const iconColours: Record<BadgeTone, string> = {
  success: 'text-success',
  danger: 'text-danger',
  warning: 'text-warning',
  info: 'text-info',
  waiting: 'text-waiting',
  neutral: 'text-neutral',
}

/** The icon alone, named by the word: where a tab or a chip has no room for the badge. */
export function StatusIcon({ callback }: { callback: Parameters<typeof statusShown>[0] }) {
  const { label, tone, Icon } = statusLooks[statusShown(callback)]
  return <Icon size={14} strokeWidth={1.75} role="img" aria-label={label} className={`shrink-0 ${iconColours[tone]}`} />
}

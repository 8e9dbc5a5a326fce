import {
  Briefcase,
  Check,
  Copy,
  Download,
  ExternalLink,
  Eye,
  EyeOff,
  Link2,
  type LucideIcon,
  PanelRight,
  RotateCcw,
} from 'lucide-react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { needsAttention } from '../actions/needs-attention'

export type RowActName =
  | 'open'
  | 'open-new'
  | 'view'
  | 'unview'
  | 'handle'
  | 'unhandle'
  | 'copy-link'
  | 'copy-job'
  | 'show-job'
  | 'download'

export type RowAct = Readonly<{
  name: RowActName
  label: string
  keys?: string
  Icon: LucideIcon
  isFor: (item: HistoryItem) => boolean
}>

const always = () => true
const hasJob = ({ externalJobId }: HistoryItem) => externalJobId !== null

/** What can be done to one row: by its menu, by keys, and by the command palette. */
export const rowActs: readonly RowAct[] = [
  { name: 'open', label: 'Open', keys: 'Enter', Icon: PanelRight, isFor: always },
  { name: 'open-new', label: 'Open in new window', keys: 'Shift+Enter', Icon: ExternalLink, isFor: always },
  { name: 'view', label: 'Mark viewed', keys: 'm', Icon: Eye, isFor: ({ viewed }) => !viewed },
  { name: 'unview', label: 'Mark unviewed', keys: 'u', Icon: EyeOff, isFor: ({ viewed }) => viewed },
  {
    name: 'handle',
    label: 'Mark handled',
    keys: 'e',
    Icon: Check,
    isFor: (item) => item.handled === null && needsAttention(item),
  },
  { name: 'unhandle', label: 'Reopen', Icon: RotateCcw, isFor: ({ handled }) => handled !== null },
  { name: 'copy-link', label: 'Copy link', keys: 'y', Icon: Link2, isFor: always },
  { name: 'copy-job', label: 'Copy job id', keys: 'c', Icon: Copy, isFor: hasJob },
  { name: 'show-job', label: 'Show this job', Icon: Briefcase, isFor: hasJob },
  { name: 'download', label: 'Download raw', Icon: Download, isFor: always },
]

import { Cable, ChartNoAxesColumn, CircleAlert, CircleUser, Inbox, type LucideIcon, Users } from 'lucide-react'

export type Destination = {
  href: string
  label: string
  Icon: LucideIcon
  /** As `useShortcuts` names them. */
  keys?: string
}

/** The pages of the console, in the order of the navigation. */
export const destinations = {
  callbacks: { href: '/callbacks', label: 'Callbacks', Icon: Inbox, keys: 'g c' },
  attention: { href: '/attention', label: 'Needs attention', Icon: CircleAlert, keys: 'g a' },
  overview: { href: '/overview', label: 'Overview', Icon: ChartNoAxesColumn, keys: 'g o' },
  sources: { href: '/sources', label: 'Sources', Icon: Cable, keys: 'g s' },
  admins: { href: '/admins', label: 'Admins', Icon: Users },
  profile: { href: '/profile', label: 'Profile', Icon: CircleUser },
} as const satisfies Record<string, Destination>

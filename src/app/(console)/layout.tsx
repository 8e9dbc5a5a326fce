import type { ReactNode } from 'react'
import { requirePageAdmin } from '@/app/require-page-admin'
import { CommandOverlays } from '@/components/commands/CommandOverlays'
import { ConsoleProviders } from '@/components/console/ConsoleProviders'
import { Shell } from '@/components/shell'
import { CallbackWindows } from '@/components/windows/CallbackWindows'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const admin = await requirePageAdmin()
  return (
    <ConsoleProviders>
      <Shell accountName={admin.name}>{children}</Shell>
      <CommandOverlays />
      <CallbackWindows viewer={{ id: admin.id, name: admin.name }} />
    </ConsoleProviders>
  )
}

import type { ReactNode } from 'react'
import { requirePageAdmin } from '@/app/require-page-admin'
import { ConsoleProviders } from '@/components/console/ConsoleProviders'
import { Shell } from '@/components/shell'
import { CallbackWindows } from '@/components/windows/CallbackWindows'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const admin = await requirePageAdmin()
  return (
    <ConsoleProviders>
      <Shell accountName={admin.name}>{children}</Shell>
      <CallbackWindows viewer={{ id: admin.id, name: admin.name }} />
    </ConsoleProviders>
  )
}

import type { ReactNode } from 'react'
import { requirePageAdmin } from '@/app/require-page-admin'
import { LLMCallbackNotificationPoller } from '@/components/admin/LLMCallbackNotificationPoller'
import { CommandOverlays } from '@/components/commands/CommandOverlays'
import { ConsoleProviders } from '@/components/console/ConsoleProviders'
import { Shell } from '@/components/shell/Shell'
import { CallbackWindows } from '@/components/windows/CallbackWindows'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const admin = await requirePageAdmin()
  return (
    <ConsoleProviders>
      <Shell accountName={admin.name}>{children}</Shell>
      <CommandOverlays />
      <LLMCallbackNotificationPoller adminId={admin.id} />
      <CallbackWindows viewer={{ id: admin.id, name: admin.name }} />
    </ConsoleProviders>
  )
}

import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { requirePageAdmin } from '@/app/require-page-admin'
import { KeptRows } from '@/components/admin/history/KeptRows'
import { LLMCallbackNotificationPoller } from '@/components/admin/LLMCallbackNotificationPoller'
import { CommandOverlays } from '@/components/commands/CommandOverlays'
import { ConsoleProviders } from '@/components/console/ConsoleProviders'
import { narrowRail, railCookie } from '@/components/shell/rail'
import { Shell } from '@/components/shell/Shell'
import { CallbackWindows } from '@/components/windows/CallbackWindows'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const admin = await requirePageAdmin()
  const isRailNarrow = (await cookies()).get(railCookie)?.value === narrowRail
  return (
    <ConsoleProviders>
      <Shell accountName={admin.name} isRailNarrow={isRailNarrow}>
        {children}
      </Shell>
      <KeptRows adminName={admin.name} />
      <CommandOverlays />
      <LLMCallbackNotificationPoller adminId={admin.id} />
      <CallbackWindows viewer={{ id: admin.id, name: admin.name }} />
    </ConsoleProviders>
  )
}

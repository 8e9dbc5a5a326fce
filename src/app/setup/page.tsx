import { Mark } from '@/components/mark'
import { MessagePage } from '@/components/message-page'
import { Card } from '@/components/ui/card'
import { isSetupLinkValid } from '@/lib/auth/setup-link'
import { getRuntime } from '../runtime'
import type { SearchParams } from '../search-params'
import { SetupForm } from './setup-form'

export const metadata = { title: 'Set up' }

export default async function SetupPage({ searchParams }: { searchParams: SearchParams }) {
  const { token } = await searchParams
  if (typeof token !== 'string' || !(await isSetupLinkValid(getRuntime().db, { token, now: new Date() }))) {
    return (
      <MessagePage title="This link is no longer good">
        This link was used or has expired. Run <code className="font-mono text-ink">callboard admin link</code> on the
        server for a new one.
      </MessagePage>
    )
  }
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Card className="w-full max-w-[360px]">
        <Mark />
        <h1 className="mt-4 font-semibold text-heading">Set up Callboard</h1>
        <p className="mt-1 mb-6 text-form text-ink-2">Make the first admin. Others can be added later.</p>
        <SetupForm token={token} />
      </Card>
    </main>
  )
}

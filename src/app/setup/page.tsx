import { headers } from 'next/headers'
import Link from 'next/link'
import { Mark } from '@/components/mark'
import { MessagePage } from '@/components/message-page'
import { NewAdminForm } from '@/components/new-admin-form'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { adminExists } from '@/lib/auth/admin-exists'
import { checkSetupLink } from '@/lib/auth/setup-link'
import { AppError } from '@/lib/http/app-error'
import { requestingNetwork } from '@/lib/http/requesting-network'
import { getRuntime } from '../runtime'
import type { SearchParams } from '../search-params'
import { setUpFirstAdmin } from './set-up-first-admin'

export const metadata = { title: 'Set up' }

export default async function SetupPage({ searchParams }: { searchParams: SearchParams }) {
  const { token } = await searchParams
  const { db } = getRuntime()
  const link = {
    token: typeof token === 'string' ? token : '',
    now: new Date(),
    network: requestingNetwork(await headers()),
  }
  try {
    if (!(await checkSetupLink(db, link))) return <LinkInvalid isSetUp={await adminExists(db)} />
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return <MessagePage title="Too many tries">{error.message}</MessagePage>
  }
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Card className="w-full max-w-[360px]">
        <Mark />
        <h1 className="mt-4 font-semibold text-heading">Set up Callboard</h1>
        <p className="mt-1 mb-6 text-form text-ink-2">Make the first admin. Others can be added later.</p>
        <NewAdminForm token={link.token} send={setUpFirstAdmin} submitLabel="Make admin and sign in" />
      </Card>
    </main>
  )
}

function LinkInvalid({ isSetUp }: { isSetUp: boolean }) {
  const title = 'This link is no longer good'
  if (!isSetUp) {
    return (
      <MessagePage title={title}>
        This link was used or has expired. Run{' '}
        <code className="font-mono text-ink">npm run callboard -- admin link</code> on the server for a new one.
      </MessagePage>
    )
  }
  const signIn = (
    <Link href="/sign-in" className={buttonClass()}>
      Sign in
    </Link>
  )
  return (
    <MessagePage title={title} actions={signIn}>
      This link was used or has expired. Callboard is set up already.
    </MessagePage>
  )
}

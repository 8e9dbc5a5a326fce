import { headers } from 'next/headers'
import { Mark } from '@/components/mark'
import { MessagePage } from '@/components/message-page'
import { NewAdminForm } from '@/components/new-admin-form'
import { Card } from '@/components/ui/card'
import { findInvite } from '@/lib/admins/invites'
import { AppError } from '@/lib/http/app-error'
import { requestingNetwork } from '@/lib/http/requesting-network'
import { getRuntime } from '../runtime'
import type { SearchParams } from '../search-params'
import { acceptInvite } from './accept-invite'

export const metadata = { title: 'Invite' }

export default async function InvitePage({ searchParams }: { searchParams: SearchParams }) {
  const { token: given } = await searchParams
  const token = typeof given === 'string' ? given : ''
  const network = requestingNetwork(await headers())
  try {
    const email = await findInvite(getRuntime().db, { token, now: new Date(), network })
    if (email === null) {
      return (
        <MessagePage title="This invite is no longer good">
          It was used or has expired. Ask an owner of this Callboard for a new one.
        </MessagePage>
      )
    }
    return (
      <main className="grid min-h-dvh place-items-center p-4">
        <Card className="w-full max-w-[360px]">
          <Mark />
          <h1 className="mt-4 font-semibold text-heading">Join Callboard</h1>
          <p className="mt-1 mb-6 text-form text-ink-2">Choose a name and a password. The link works once.</p>
          <NewAdminForm token={token} email={email} send={acceptInvite} submitLabel="Join and sign in" />
        </Card>
      </main>
    )
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return <MessagePage title="Too many tries">{error.message}</MessagePage>
  }
}

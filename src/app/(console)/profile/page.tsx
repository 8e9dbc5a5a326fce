import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { sessionToken } from '@/app/session-token'
import { ProfilePage } from '@/components/profile/ProfilePage'
import { listSessions } from '@/lib/admins/sessions'

export const metadata = { title: 'Profile' }

export default async function ConsoleProfilePage() {
  const admin = await requirePageAdmin()
  const now = new Date()
  const sessions = await listSessions(getRuntime().db, admin.id, await sessionToken(), now)
  return <ProfilePage name={admin.name} email={admin.email} sessions={sessions} renderedAt={now.toISOString()} />
}

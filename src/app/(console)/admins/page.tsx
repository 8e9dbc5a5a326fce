import { requirePageAdmin } from '@/app/require-page-admin'
import { getRuntime } from '@/app/runtime'
import { AdminsPage } from '@/components/admins/AdminsPage'
import { listAdmins } from '@/lib/admins/list-admins'

export const metadata = { title: 'Admins' }

export default async function ConsoleAdminsPage() {
  const admin = await requirePageAdmin()
  const now = new Date()
  const { admins, invites } = await listAdmins(getRuntime().db, now)
  return <AdminsPage admins={admins} invites={invites} ownId={admin.id} renderedAt={now.toISOString()} />
}

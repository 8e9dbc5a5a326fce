import { redirect } from 'next/navigation'
import { requirePageAdmin } from './require-page-admin'

export default async function Page() {
  await requirePageAdmin()
  redirect('/callbacks')
}

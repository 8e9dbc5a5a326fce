import { requirePageAdmin } from '@/app/require-page-admin'
import type { SearchParams } from '@/app/search-params'
import CallbacksPage from '../page'

export { metadata } from '../page'

/**
 * The permalink of one callback: the callbacks page, over which the browser opens its window (`useWindowUrl` reads the id
 * from the path). So what is shown, and marked as viewed, is never rendered by the server for a page that nobody opens.
 */
export default async function CallbackPage({ searchParams }: { searchParams: SearchParams }) {
  await requirePageAdmin()
  return <CallbacksPage searchParams={searchParams} />
}

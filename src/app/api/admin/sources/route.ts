import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { listSources } from '@/lib/sources/list-sources'

/** Every source with how it fares. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => Response.json({ items: await listSources(getRuntime().db, new Date()) }))
}

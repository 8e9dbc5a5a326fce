import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { listSavedViews } from '@/lib/saved-views/list-saved-views'

/** The views that this admin saved. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => Response.json(await listSavedViews(admin.id, getRuntime().db)))
}

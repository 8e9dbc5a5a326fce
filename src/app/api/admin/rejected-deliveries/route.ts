import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { listRejectedDeliveries } from '@/lib/rejected-deliveries/list-rejected-deliveries'

/** What was refused in the last 7 days: counts and examples, never a body. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => Response.json(await listRejectedDeliveries(new Date(), getRuntime().db)))
}

import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { getOverview } from '@/lib/overview/get-overview'
import { overviewInputSchema } from '@/lib/overview/schemas'

/** What came in over the last hour, day, week or month. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const input = parseQuery(overviewInputSchema, request.url)
    return Response.json(await getOverview(input, admin.id, new Date(), getRuntime().db))
  })
}

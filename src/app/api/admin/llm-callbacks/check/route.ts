import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { checkInputSchema } from '@/lib/llm-callbacks/check-schemas'
import { getRecentCallbacks } from '@/lib/llm-callbacks/get-recent-callbacks'

/** What is new for this admin after a cursor. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const { after, limit } = parseQuery(checkInputSchema, request.url)
    return Response.json(await getRecentCallbacks(after, limit, admin.id, getRuntime().db))
  })
}

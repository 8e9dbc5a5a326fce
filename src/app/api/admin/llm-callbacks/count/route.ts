import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { countCallbacks } from '@/lib/llm-callbacks/count-callbacks'
import { historyFiltersSchema } from '@/lib/llm-callbacks/history-schemas'

/** How many callbacks match the filters of the history, counted up to 1,000. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const filters = parseQuery(historyFiltersSchema, request.url)
    return Response.json(await countCallbacks(filters, admin.id, getRuntime().db))
  })
}

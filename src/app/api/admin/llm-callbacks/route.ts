import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'

/** The history, newest first, filtered, a page at a time. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const input = parseQuery(historyInputSchema, request.url)
    return Response.json(await listCallbacks(input, admin.id, getRuntime().db))
  })
}

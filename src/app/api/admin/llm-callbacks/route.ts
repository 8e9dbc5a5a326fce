import { z } from 'zod'
import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { historyCsv } from '@/lib/llm-callbacks/history-csv'
import { type CallbackHistory, historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'

const querySchema = historyInputSchema.extend({ format: z.enum(['json', 'csv']).default('json') })

/** The history, newest first, filtered, a page at a time: as JSON, or as a CSV file to be saved. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const { format, ...input } = parseQuery(querySchema, request.url)
    const history = await listCallbacks(input, admin.id, getRuntime().db)
    return format === 'csv' ? csvPage(history, new URL(request.url)) : Response.json(history)
  })
}

/** CSV has no place for the next page's cursor, so it stands in a Link header (RFC 8288). */
function csvPage({ items, nextCursor }: CallbackHistory, { pathname, searchParams }: URL): Response {
  const response = new Response(historyCsv(items), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="llm-callbacks.csv"',
      'x-content-type-options': 'nosniff',
    },
  })
  if (nextCursor === null) return response
  const next = new URLSearchParams(searchParams)
  next.set('cursor', nextCursor)
  response.headers.set('link', `<${pathname}?${next}>; rel="next"`)
  return response
}

import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { failuresInputSchema } from '@/lib/llm-callbacks/failures-schemas'
import { foldFailures } from '@/lib/llm-callbacks/fold-failures'

/** The newest failed callbacks that are open, or with `handled=true` handled; equal ones folded. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (admin) => {
    const input = parseQuery(failuresInputSchema, request.url)
    return Response.json(await foldFailures(input, admin.id, getRuntime().db))
  })
}

import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { parseQuery } from '@/lib/http/parse-query'
import { facetInputSchema } from '@/lib/llm-callbacks/facet-schemas'
import { listFacet } from '@/lib/llm-callbacks/list-facet'

/** The values of one column to filter by, those most frequent of late first. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const input = parseQuery(facetInputSchema, request.url)
    return Response.json(await listFacet(input, getRuntime().db))
  })
}

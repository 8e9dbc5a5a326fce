import { parseCallbackId } from '@/app/api/admin/llm-callbacks/parse-callback-id'
import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getResult } from '@/lib/results/get-result'

/** What Callboard fetched for this callback; null where nothing is to be fetched. Not signed by the sender. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, async () => {
    const id = await parseCallbackId(params)
    return Response.json({ result: await getResult(id, getRuntime().db) })
  })
}

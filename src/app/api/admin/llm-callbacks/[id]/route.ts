import { callbackNotFound, parseCallbackId } from '@/app/api/admin/llm-callbacks/parse-callback-id'
import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getCallbackById } from '@/lib/llm-callbacks/get-callback-by-id'

type Context = { params: Promise<{ id: string }> }

/** Everything about one callback. Reading it does not mark it as viewed: a prefetch is no view. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async (admin) => {
    const callback = await getCallbackById(await parseCallbackId(params), admin.id, getRuntime().db)
    if (!callback) throw callbackNotFound()
    return Response.json(callback)
  })
}

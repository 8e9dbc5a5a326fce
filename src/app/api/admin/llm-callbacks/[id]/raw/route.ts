import { callbackNotFound, parseCallbackId } from '@/app/api/admin/llm-callbacks/parse-callback-id'
import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getCallbackRaw } from '@/lib/llm-callbacks/get-callback-raw'

type Context = { params: Promise<{ id: string }> }

/** The exact bytes of one callback, to be saved: a browser must neither show nor guess what a stranger sent. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const id = await parseCallbackId(params)
    const raw = await getCallbackRaw(id, getRuntime().db)
    if (!raw) throw callbackNotFound()
    return new Response(new Uint8Array(raw), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="llm-callback-${id}.bin"`,
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

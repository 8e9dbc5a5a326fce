import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getSource } from '@/lib/sources/get-source'

/** One source with its secrets, none of them in full, and what was rejected of it. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { slug } = await params
    const { db, environment, callboardSecret } = getRuntime()
    const webhookSecrets = environment.webhookSecrets ?? []
    return Response.json(await getSource(db, slug, { webhookSecrets, callboardSecret, now: new Date() }))
  })
}

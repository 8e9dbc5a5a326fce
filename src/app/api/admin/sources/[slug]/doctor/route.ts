import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getDiagnosis } from '@/lib/sources/doctor/get-diagnosis'
import { webhookUrlOf } from '@/lib/sources/source'

/** What the doctor says of the deliveries that this source refused while it was debugged: never a body, never a secret. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { slug } = await params
    const { db, environment, callboardSecret, publicUrl } = getRuntime()
    const diagnosis = await getDiagnosis(db, {
      slug,
      callboardSecret,
      webhookSecrets: environment.webhookSecrets ?? [],
      webhookUrl: webhookUrlOf(publicUrl, slug),
      now: new Date(),
    })
    return Response.json(diagnosis)
  })
}

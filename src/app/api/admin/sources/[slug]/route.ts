import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { getSource } from '@/lib/sources/get-source'

/** One source with its secrets, none of them in full, and what was rejected of it. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => Response.json(await getSource(getRuntime().db, (await params).slug, new Date())))
}

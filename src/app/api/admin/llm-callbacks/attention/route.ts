import { respond } from '@/app/api/admin/respond'
import { getRuntime } from '@/app/runtime'
import { countAttention } from '@/lib/llm-callbacks/count-attention'

/** How much there is under each tab of "Needs attention" that nobody has handled, counted up to 1,000. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => Response.json(await countAttention(new Date(), getRuntime().db)))
}

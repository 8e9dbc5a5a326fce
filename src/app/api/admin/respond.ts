import { getRuntime } from '@/app/runtime'
import { type AdminUser, requireAdmin } from '@/lib/auth/require-admin'
import { toProblem } from '@/lib/http/to-problem'

/**
 * Answers one admin request: asks who it is, lets `answer` do its work, and turns whatever is thrown into
 * problem+json. No answer may be cached anywhere, for each belongs to one admin's session.
 */
export async function respond(request: Request, answer: (admin: AdminUser) => Promise<Response>): Promise<Response> {
  try {
    const response = await answer(await requireAdmin(request.headers, getRuntime()))
    response.headers.set('cache-control', 'private, no-store')
    return response
  } catch (error) {
    const { status, headers, body } = toProblem(error, (err, ref) => {
      getRuntime().log.error({ err, ref }, 'an admin request failed')
    })
    return new Response(body, { status, headers })
  }
}

import { getRuntime } from '@/app/runtime'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { type Problem, problem } from '@/lib/http/problem'
import { toProblem } from '@/lib/http/to-problem'
import { readBody } from './read-body'

const bodyBytesMax = 16_384

/** All of better-auth that is reachable. Its admin routes above all are not: they know nothing of `requireAdmin`. */
const allowed = new Set(['POST /api/auth/sign-in/email', 'POST /api/auth/sign-out', 'GET /api/auth/get-session'])

/** Sign-in, sign-out and the session, as better-auth speaks them. */
async function handle(request: Request): Promise<Response> {
  const { method, url, headers } = request
  if (!allowed.has(`${method} ${new URL(url).pathname}`)) return respond(problem(404, { code: 'not_found' }))
  const { auth, log, trustedOrigins } = getRuntime()
  try {
    // better-auth lets a sign-in without an Origin through while there is no cookie.
    if (method === 'POST') assertSameOrigin(headers, { trustedOrigins })
    const body = await readBody(request, bodyBytesMax)
    if (body === 'too_large') return respond(problem(413, { code: 'body_too_large' }))
    const response = await auth.handler(new Request(url, { method, headers, body }))
    response.headers.set('cache-control', 'private, no-store')
    // better-auth tells it under a name of its own, RFC 9110 under this one.
    const waitSeconds = response.headers.get('x-retry-after')
    if (waitSeconds !== null) response.headers.set('retry-after', waitSeconds)
    return response
  } catch (error) {
    return respond(toProblem(error, (err, ref) => log.error({ err, ref }, 'a sign-in request failed')))
  }
}

function respond({ status, headers, body }: Problem): Response {
  return new Response(body, { status, headers })
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }

import { problem } from '@/lib/http/problem'

/** Every path under /api that no other route has: a program that mistyped one should not be sent the console's page. */
function answerNotFound(): Response {
  const { status, headers, body } = problem(404, { code: 'not_found', detail: 'Nothing is at this path' })
  return new Response(body, { status, headers })
}

export {
  answerNotFound as DELETE,
  answerNotFound as GET,
  answerNotFound as HEAD,
  answerNotFound as OPTIONS,
  answerNotFound as PATCH,
  answerNotFound as POST,
  answerNotFound as PUT,
}

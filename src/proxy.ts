import { type NextRequest, NextResponse } from 'next/server'
import { nonceHeader, pathHeader } from '@/app/request-headers'
import { emptyStyleHash, sonnerStyleHash } from '@/app/style-hashes'

/**
 * Gives each page a content security policy of its own, with a nonce that Next puts on its scripts
 * (https://www.w3.org/TR/CSP3/). It decides nothing about who may come in: every page asks `requireAdmin` itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID()
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // Next replaces this by a constant. React's development build evaluates strings to rebuild stacks of the server, and
  // the reload client writes style elements and opens a socket.
  const isDevelopment = process.env.NODE_ENV === 'development'
  const directives = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'style-src': isDevelopment
      ? "'self' 'unsafe-inline'"
      : `'self' 'nonce-${nonce}' '${sonnerStyleHash}' '${emptyStyleHash}'`,
    'img-src': "'self' data:",
    'connect-src': isDevelopment ? "'self' ws:" : "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/** Not the API: with a proxy in front of it, Next cuts long bodies. Not the build's own files: they are no pages. */
export const config = { matcher: '/((?!api/|_next/static/|icon\\.svg$).*)' }

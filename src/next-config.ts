import type { NextConfig } from 'next'
import { closedPolicy, securityHeaders } from './lib/http/security-headers'

/**
 * Next's configuration. It is read from next.config.ts when the console is built, in development, and by `next start`; the
 * console process of `callboard start` passes it in, so that nothing is compiled at its start.
 * @param publicUrl belongs to a deployment, not to a build, and so is given again at each start
 */
export function nextConfig(publicUrl: string | null): NextConfig {
  return {
    poweredByHeader: false,
    // Compression would hold back the event stream; a proxy in front may compress.
    compress: false,
    // A redirected webhook is a lost one: senders don't follow.
    skipTrailingSlashRedirect: true,
    images: { unoptimized: true },
    devIndicators: false,
    reactStrictMode: true,
    // In development Next logs each request and the arguments of each action; the set-up's are a password and its token.
    logging: { serverFunctions: false, incomingRequests: { ignore: [/^\/setup/] } },
    // `npm run verify` checks types, tests and configuration together; a build on a user's machine need not.
    typescript: { ignoreBuildErrors: true },
    serverExternalPackages: ['pg', 'pino'],
    experimental: {
      authInterrupts: true,
      serverActions: { allowedOrigins: publicUrl === null ? [] : [new URL(publicUrl).host] },
    },
    headers: async () => [
      { source: '/:path*', headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
      { source: '/api/:path*', headers: [{ key: 'content-security-policy', value: closedPolicy }] },
    ],
  }
}

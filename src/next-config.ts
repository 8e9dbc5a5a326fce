import type { NextConfig } from 'next'

/** For every answer, files and API included; the policy with its nonce is added to pages by src/proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

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
    headers: async () => [{ source: '/:path*', headers: securityHeaders }],
  }
}

import type { NextConfig } from 'next'
import { readEnvironment } from './env'
import { closedPolicy, securityHeaders } from './lib/http/security-headers'

/** Belongs to a deployment, not to a build: it is read again at each start. */
const { publicUrl } = readEnvironment()

/** Next's configuration, through next.config.mjs. Next takes it from there alone: a custom server's `conf` does not reach what answers. */
const nextConfig: NextConfig = {
  poweredByHeader: false,
  // A proxy in front may compress; here it would take the processor from callbacks.
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
export default nextConfig

import type { NextConfig } from 'next'
import { readEnvironment } from './src/env'

// Read when the server starts as well as when it is built: PUBLIC_URL belongs to a deployment, not to a build.
const { publicUrl } = readEnvironment()

/** For every answer, files and API included; the policy with its nonce is added to pages by src/proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const nextConfig: NextConfig = {
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

export default nextConfig

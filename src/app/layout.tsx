import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Theme } from '@/components/console/theme'
import './globals.css'
import { nonceHeader } from './request-headers'

/** Every page is rendered at its request: its scripts carry the nonce of that one answer, and it belongs to one admin. */
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Callboard', template: '%s · Callboard' },
  description: 'Callback inbox for LLM jobs',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader) ?? undefined
  return (
    // The theme's script sets an attribute before React is there.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh font-sans antialiased">
        <Theme nonce={nonce}>{children}</Theme>
      </body>
    </html>
  )
}

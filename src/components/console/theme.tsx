'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'

/** Light, dark, or what the system says; known before the first paint, by a script that carries the page's nonce. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" storageKey="callboard.theme" nonce={nonce} enableColorScheme={false}>
      {children}
    </ThemeProvider>
  )
}

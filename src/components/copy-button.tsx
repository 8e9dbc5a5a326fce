'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './ui/button'

const shownMs = 2_000

type CopyButtonProps = { text: string; label: string }

/** Copies text, and says so in place. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)

  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('failed')
    }
  }

  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <div className="flex items-center">
      <span role="status" className="text-ink-2 text-meta">
        {outcome === 'copied' && 'Copied'}
        {outcome === 'failed' && 'Not copied'}
      </span>
      <Button look="ghost" className="h-6 px-1.5 pointer-coarse:px-3" onClick={copy} aria-label={`Copy ${label}`}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </Button>
    </div>
  )
}

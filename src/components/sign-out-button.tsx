'use client'

import { LogOut } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Button } from './ui/button'

type SignOutButtonProps = Pick<ComponentProps<typeof Button>, 'look' | 'className'> & { labelClassName?: string }

/** Ends this session on the server, then leaves by a full load, so that nothing of it stays in the page's memory. */
export function SignOutButton({ look = 'ghost', className, labelClassName }: SignOutButtonProps) {
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle')

  async function signOut() {
    setState('pending')
    try {
      const response = await fetch('/api/auth/sign-out', { method: 'POST' })
      if (!response.ok) return setState('failed')
      window.location.assign('/sign-in')
    } catch {
      setState('failed')
    }
  }

  return (
    <Button look={look} className={className} title="Sign out" onClick={signOut} disabled={state === 'pending'}>
      <LogOut size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={state === 'failed' ? undefined : labelClassName}>
        {state === 'failed' ? 'Not signed out. Try again' : 'Sign out'}
      </span>
    </Button>
  )
}

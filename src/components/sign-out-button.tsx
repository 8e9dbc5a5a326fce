'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { signOut } from './sign-out'
import { Button } from './ui/button'

/** Ends this session; says so where it could not be ended. */
export function SignOutButton() {
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle')
  const leave = async () => {
    setState('pending')
    if (!(await signOut())) setState('failed')
  }
  return (
    <Button look="secondary" onClick={leave} disabled={state === 'pending'}>
      <LogOut size={16} strokeWidth={1.75} aria-hidden="true" />
      {state === 'failed' ? 'Not signed out. Try again' : 'Sign out'}
    </Button>
  )
}

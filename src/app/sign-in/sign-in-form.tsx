'use client'

import { type FormEvent, useEffect, useState } from 'react'
import { PasswordInput } from '@/components/password-input'
import { signIn } from '@/components/sign-in'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

/** @param props.next a path of this site, checked by the server */
export function SignInForm({ next }: { next: string }) {
  const [isPending, setPending] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const [waitSeconds, setWaitSeconds] = useState(0)

  useEffect(() => {
    if (waitSeconds === 0) return
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1_000)
    return () => clearTimeout(timer)
  }, [waitSeconds])

  // Told by aria-disabled: a button that is disabled outright loses the focus, and with it the place on the page.
  const isRefusing = isPending || waitSeconds > 0

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isRefusing) return
    const form = new FormData(event.currentTarget)
    setPending(true)
    setMessage(null)
    const outcome = await signIn(String(form.get('email')), String(form.get('password')))
    // A full load: the answer to it carries the cookie, and stays pending until it is there.
    if (outcome.isSignedIn) return window.location.assign(next)
    setPending(false)
    setMessage(outcome.message)
    setWaitSeconds(outcome.waitSeconds)
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <div className="grid gap-1">
        <Label htmlFor="email">E-mail</Label>
        <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="password">Password</Label>
        <PasswordInput id="password" name="password" autoComplete="current-password" required />
      </div>
      <Button type="submit" className="mt-2 w-full" aria-disabled={isRefusing}>
        {waitSeconds > 0 ? `Try again in ${waitSeconds} s` : isPending ? 'Signing in…' : 'Sign in'}
      </Button>
      {message && (
        <p role="alert" className="text-body text-danger">
          {message}
        </p>
      )}
    </form>
  )
}

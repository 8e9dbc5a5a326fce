'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { changePassword } from '@/app/actions/profile'
import { passwordLengthMax, passwordLengthMin } from '@/lib/auth/password-length'
import { useAction } from '../admins/use-action'
import { PasswordInput } from '../password-input'
import { showResult } from '../results/results'
import { signIn } from '../sign-in'
import { Button } from '../ui/button'
import { Label } from '../ui/label'

/** Another password. All other sessions end with the old one. */
export function PasswordForm({ email }: { email: string }) {
  const [length, setLength] = useState(0)
  const router = useRouter()
  const { run, isPending, error } = useAction(changePassword)

  async function change(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const next = String(data.get('next'))
    if (!(await run(String(data.get('current')), next))) return
    // The old password's sessions have ended, this one among them.
    const { isSignedIn } = await signIn(email, next)
    if (!isSignedIn) return window.location.assign('/sign-in?next=/profile')
    form.reset()
    setLength(0)
    router.refresh()
    showResult('Password changed. All other sessions have ended.')
  }

  return (
    <form onSubmit={change} className="grid max-w-[420px] gap-3">
      {/* So that a password manager knows whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="grid gap-1">
        <Label htmlFor="current-password">Current password</Label>
        <PasswordInput id="current-password" name="current" autoComplete="current-password" required />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="new-password">New password</Label>
        <PasswordInput
          id="new-password"
          name="next"
          autoComplete="new-password"
          required
          minLength={passwordLengthMin}
          maxLength={passwordLengthMax}
          aria-describedby="new-password-length"
          onChange={(event) => setLength(event.target.value.length)}
        />
        <p id="new-password-length" className="flex items-center gap-2 text-ink-2 text-meta">
          <meter
            className="h-2 w-24"
            aria-label="Length of the new password"
            min={0}
            max={passwordLengthMin}
            value={Math.min(length, passwordLengthMin)}
          />
          {length} of at least {passwordLengthMin} characters
        </p>
      </div>
      {error !== null && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <Button type="submit" look="secondary" className="justify-self-start" aria-disabled={isPending}>
        Change password
      </Button>
    </form>
  )
}

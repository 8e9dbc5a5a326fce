'use client'

import { type FormEvent, useActionState, useEffect, useRef } from 'react'
import { PasswordInput } from '@/components/password-input'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { emptyNewAdminState, type NewAdminState } from '@/lib/auth/new-admin-state'
import { passwordLengthMax, passwordLengthMin } from '@/lib/auth/password-length'

type NewAdminFormProps = {
  token: string
  /** Where somebody else has decided it. */
  email?: string
  send: (previous: NewAdminState, form: FormData) => Promise<NewAdminState>
  submitLabel: string
}

/** What a new admin has to say: name, e-mail address and a password. */
export function NewAdminForm({ token, email, send, submitLabel }: NewAdminFormProps) {
  const [state, action, isPending] = useActionState(send, emptyNewAdminState)
  const { values, fieldErrors, message } = state
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (Object.keys(state.fieldErrors).length > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
  }, [state])

  // The button is told by aria-disabled: one that is disabled outright loses the focus, and with it the place on the page.
  function ignoreWhilePending(event: FormEvent) {
    if (isPending) event.preventDefault()
  }

  const field = (name: 'name' | 'email' | 'password') => ({
    id: name,
    name,
    required: true,
    'aria-invalid': fieldErrors[name] !== undefined,
    'aria-describedby': fieldErrors[name] === undefined ? undefined : `${name}-error`,
  })

  return (
    <form ref={form} action={action} onSubmit={ignoreWhilePending} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <div className="grid gap-1">
        <Label htmlFor="name">Name</Label>
        <Input {...field('name')} autoComplete="name" maxLength={100} defaultValue={values.name} autoFocus />
        <FieldError name="name" error={fieldErrors.name} />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="email">E-mail</Label>
        <Input
          {...field('email')}
          type="email"
          autoComplete="username"
          readOnly={email !== undefined}
          defaultValue={email ?? values.email}
        />
        <FieldError name="email" error={fieldErrors.email} />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="password">Password, at least {passwordLengthMin} characters</Label>
        <PasswordInput
          {...field('password')}
          autoComplete="new-password"
          minLength={passwordLengthMin}
          maxLength={passwordLengthMax}
        />
        <FieldError name="password" error={fieldErrors.password} />
      </div>
      <Button type="submit" className="mt-2 w-full" aria-disabled={isPending}>
        {isPending ? 'Making the admin…' : submitLabel}
      </Button>
      {message && (
        <p role="alert" className="text-body text-danger">
          {message}
        </p>
      )}
    </form>
  )
}

function FieldError({ name, error }: { name: string; error: string | undefined }) {
  if (error === undefined) return null
  return (
    <p id={`${name}-error`} role="alert" className="text-danger text-meta">
      {error}
    </p>
  )
}

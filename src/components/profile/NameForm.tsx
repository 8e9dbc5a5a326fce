'use client'

import type { FormEvent } from 'react'
import { rename } from '@/app/actions/profile'
import { useAction } from '../admins/use-action'
import { showResult } from '../results/results'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Label } from '../ui/label'

/** The name that others see beside what was viewed and handled. */
export function NameForm({ name, email }: { name: string; email: string }) {
  const { run, isPending, error } = useAction(rename)
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (await run(String(new FormData(event.currentTarget).get('name')))) showResult('Name saved.')
  }
  return (
    <form onSubmit={save} className="grid max-w-[420px] gap-3">
      <p>
        Signed in as <bdi className="font-medium">{email}</bdi>
      </p>
      <div className="grid gap-1">
        <Label htmlFor="profile-name">Name</Label>
        <Input id="profile-name" name="name" required maxLength={100} autoComplete="name" defaultValue={name} />
        {error !== null && (
          <p role="alert" className="text-danger text-meta">
            {error}
          </p>
        )}
      </div>
      <Button type="submit" look="secondary" className="justify-self-start" aria-disabled={isPending}>
        Save name
      </Button>
    </form>
  )
}

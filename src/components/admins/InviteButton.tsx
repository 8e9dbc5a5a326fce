'use client'

import { UserPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { inviteAdmin } from '@/app/actions/admins'
import { CopiedLine } from '../copied-line'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { useAction } from './use-action'

/** Makes an invite, and shows its link this once: it is copied by hand. */
export function InviteButton() {
  const [isOpen, setIsOpen] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const { run, isPending, error, clearError } = useAction(inviteAdmin)

  async function invite(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const made = await run(String(new FormData(event.currentTarget).get('email')))
    if (made) setLink(made.value)
  }

  function change(isOpenNow: boolean) {
    setIsOpen(isOpenNow)
    setLink(null)
    clearError()
  }

  return (
    <>
      <Button onClick={() => change(true)}>
        <UserPlus size={16} strokeWidth={1.75} aria-hidden="true" />
        Invite
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={change}
        title="Invite an admin"
        description={
          link === null
            ? 'You get a link to pass on. It works once, for 7 days.'
            : 'Pass this link on. It is shown this once, works once, and ends in 7 days.'
        }
      >
        {link === null ? (
          <form onSubmit={invite} className="grid gap-3">
            <div className="grid gap-1">
              <Label htmlFor="invite-email">E-mail</Label>
              <Input
                id="invite-email"
                name="email"
                type="email"
                required
                autoComplete="off"
                aria-invalid={error !== null}
                aria-describedby={error === null ? undefined : 'invite-error'}
              />
              {error !== null && (
                <p id="invite-error" role="alert" className="text-danger text-meta">
                  {error}
                </p>
              )}
            </div>
            <Button type="submit" className="justify-self-end" aria-disabled={isPending}>
              Make the link
            </Button>
          </form>
        ) : (
          <CopiedLine text={link} label="invite link" />
        )}
      </Dialog>
    </>
  )
}

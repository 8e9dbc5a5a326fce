'use client'

import { useState } from 'react'
import { removeAdmin, setOwner } from '@/app/actions/admins'
import type { Admin } from '@/lib/admins/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { showFailure, showResult } from '../results/results'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useAction } from './use-action'

type AdminActionsProps = { admin: Admin; isLastOwner: boolean }

/** What an owner may do about an admin. The reason why something can't be done stands beside it. */
export function AdminActions({ admin, isLastOwner }: AdminActionsProps) {
  const [isAsking, setIsAsking] = useState(false)
  const change = useAction(setOwner)
  const remove = useAction(removeAdmin)
  const name = visibleText(admin.name)

  async function changeRole() {
    const done = await change.run(admin.id, !admin.isOwner)
    if (done) showResult(admin.isOwner ? `${name} is an admin now.` : `${name} is an owner now.`)
    else showFailure(`The role of ${name} was not changed.`)
  }

  async function confirmRemoval() {
    if (!(await remove.run(admin.id))) return
    setIsAsking(false)
    showResult(`${name} was removed and signed out.`)
  }

  return (
    <div className="flex items-center justify-end gap-2">
      {isLastOwner && <span className="text-ink-2 text-meta">The last owner stays.</span>}
      <Button
        look="secondary"
        className="h-7 px-2"
        disabled={isLastOwner || change.isPending}
        aria-label={admin.isOwner ? `Make ${name} an admin` : `Make ${name} an owner`}
        onClick={changeRole}
      >
        {admin.isOwner ? 'Make admin' : 'Make owner'}
      </Button>
      <Button
        look="secondary"
        className="h-7 px-2"
        disabled={isLastOwner}
        aria-label={`Remove ${name}`}
        onClick={() => setIsAsking(true)}
      >
        Remove
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Remove ${name}?`}
        description="All their sessions end at once. What they viewed and handled keeps their name. They can be invited again."
      >
        {remove.error !== null && (
          <p role="alert" className="text-danger">
            {remove.error}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button look="secondary" onClick={() => setIsAsking(false)}>
            Keep {name}
          </Button>
          <Button onClick={confirmRemoval} aria-disabled={remove.isPending}>
            Remove {name}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}

'use client'

import { revokeInvite } from '@/app/actions/admins'
import type { Invite } from '@/lib/admins/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { showFailure, showResult } from '../results/results'
import { Button } from '../ui/button'
import { useAction } from './use-action'

/** Ends an invite that nobody has used. */
export function RevokeInvite({ invite }: { invite: Invite }) {
  const { run, isPending } = useAction(revokeInvite)
  const email = visibleText(invite.email)
  async function revoke() {
    if (await run(invite.id)) showResult(`The invite of ${email} was revoked.`)
    else showFailure(`The invite of ${email} was not revoked.`)
  }
  return (
    <Button
      look="secondary"
      className="h-7 px-2"
      aria-label={`Revoke the invite of ${email}`}
      disabled={isPending}
      onClick={revoke}
    >
      Revoke
    </Button>
  )
}

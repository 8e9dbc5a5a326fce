'use client'

import { endOtherSessions, endSession } from '@/app/actions/profile'
import type { Session } from '@/lib/admins/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { useAction } from '../admins/use-action'
import { formatCount } from '../format'
import { showFailure, showResult } from '../results/results'
import { Time } from '../time'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { deviceName } from './device-name'

/** Where this account is signed in. */
export function Sessions({ sessions, renderedAt }: { sessions: readonly Session[]; renderedAt: string }) {
  const one = useAction(endSession)
  const others = useAction(endOtherSessions)

  async function signOutOthers() {
    const ended = await others.run()
    if (ended) showResult(ended.value === 1 ? '1 session ended.' : `${formatCount(ended.value)} sessions ended.`)
    else showFailure('The other sessions were not ended.')
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <ul className="rounded-card border border-line bg-surface">
        {sessions.map(({ id, userAgent, address, lastActiveAt, isThis }) => {
          const device = visibleText(deviceName(userAgent))
          return (
            <li
              key={id}
              className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-3 py-2 first:border-t-0"
            >
              <span className="min-w-0 flex-1 basis-48">
                <span className="block truncate font-medium">{device}</span>
                <span className="text-ink-2 text-meta">
                  {address === null ? 'Place unknown' : visibleText(address)} · active{' '}
                  <Time at={lastActiveAt} renderedAt={renderedAt} />
                </span>
              </span>
              {isThis ? (
                <Badge tone="success">This session</Badge>
              ) : (
                <Button
                  look="secondary"
                  className="h-7 px-2"
                  aria-label={`Sign out ${device}`}
                  disabled={one.isPending}
                  onClick={async () => {
                    if (!(await one.run(id))) showFailure('The session was not ended.')
                  }}
                >
                  Sign out
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <Button look="secondary" className="justify-self-start" disabled={others.isPending} onClick={signOutOthers}>
          Sign out others
        </Button>
      )}
    </div>
  )
}

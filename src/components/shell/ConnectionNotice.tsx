'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { useLiveStatus } from '../live/live-status'
import { buttonClass } from '../ui/button'
import { connectionLooks } from './connection-looks'

/** Says over the page what a reader must know: that nothing new will show until they act, or until the network is back. */
export function ConnectionNotice() {
  const { connection } = useLiveStatus()
  const path = usePathname()
  const search = useSearchParams().toString()
  if (connection !== 'offline' && connection !== 'signed_out') return null
  const here = search === '' ? path : `${path}?${search}`
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-warning-subtle px-4 py-2 text-warning md:px-6"
    >
      {connectionLooks[connection].sentence}
      {connection === 'signed_out' && (
        <Link href={`/sign-in?${new URLSearchParams({ next: here })}`} className={buttonClass('secondary', 'h-7 px-2')}>
          Sign in
        </Link>
      )}
    </div>
  )
}

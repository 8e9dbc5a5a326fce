'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onLiveEvent } from '../../live/live-events'
import { patchRows } from './patch-rows'

/** Keeps what the rows of every kept page say of viewed and handled true, whichever page of the console or tab changed it. Shows nothing. */
export function KeptRows({ adminName }: { adminName: string }) {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === 'viewed' && event.ids !== 'many') {
          const ids = new Set(event.ids)
          patchRows(queryClient, ({ id }) => (ids.has(id) ? { viewed: event.isViewed } : null))
        } else if (event.kind === 'handled') {
          const ids = new Set(event.ids)
          const handled = event.isHandled ? { byName: adminName, at: new Date().toISOString() } : null
          patchRows(queryClient, ({ id }) => (ids.has(id) ? { handled } : null))
        }
      }),
    [queryClient, adminName],
  )
  return null
}

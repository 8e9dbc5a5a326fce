'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onLiveEvent } from '../../live/live-events'
import { patchHandled, patchViewed } from './patch-rows'

/** Keeps what the rows of every kept page say of viewed and handled true, whichever page of the console or tab changed it. Shows nothing. */
export function KeptRows({ adminName }: { adminName: string }) {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === 'viewed' && event.ids !== 'many')
          patchViewed(queryClient, new Set(event.ids), event.isViewed)
        else if (event.kind === 'handled')
          patchHandled(queryClient, new Set(event.ids), { isHandled: event.isHandled, adminName })
      }),
    [queryClient, adminName],
  )
  return null
}

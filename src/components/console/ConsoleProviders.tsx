'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../data/fetch-json'

const triesMax = 3

/** What the console's parts share in the browser: fetched data and the state in the URL. */
export function ConsoleProviders({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>{children}</NuqsAdapter>
    </QueryClientProvider>
  )
}

/** Nothing is asked again by itself: the feed tells what is new, and a list that changed while it is read would jump. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A refusal stays one; only what may pass is tried again.
        retry: (tries, error) =>
          tries < triesMax && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
    },
  })
}

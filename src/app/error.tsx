'use client'

import { MessagePage } from '@/components/message-page'
import { Button } from '@/components/ui/button'

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void }

/** The digest is all that is known here: Next keeps the cause on the server and logs it under the same number. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <MessagePage title="This page could not be loaded" actions={<Button onClick={() => retry()}>Try again</Button>}>
      <p>Callbacks are still received and stored. Trying again changes nothing but this page.</p>
      {error.digest && <p className="mt-2 font-mono text-meta">ref {error.digest}</p>}
    </MessagePage>
  )
}

import Link from 'next/link'
import { MessagePage } from '@/components/message-page'
import { buttonClass } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      title="Nothing is here"
      actions={
        <Link href="/callbacks" className={buttonClass()}>
          Go to callbacks
        </Link>
      }
    >
      This address leads to no page of this Callboard.
    </MessagePage>
  )
}

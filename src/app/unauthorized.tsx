import Link from 'next/link'
import { MessagePage } from '@/components/message-page'
import { buttonClass } from '@/components/ui/button'

export const metadata = { title: 'Signed out' }

export default function Unauthorized() {
  return (
    <MessagePage
      title="You were signed out"
      actions={
        <Link href="/sign-in" className={buttonClass()}>
          Sign in
        </Link>
      }
    >
      Sign in to go on.
    </MessagePage>
  )
}

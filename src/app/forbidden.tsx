import { MessagePage } from '@/components/message-page'
import { SignOutButton } from '@/components/sign-out-button'

export const metadata = { title: 'No access' }

export default function Forbidden() {
  return (
    <MessagePage title="This account has no access" actions={<SignOutButton />}>
      You are signed in, but not as an admin of this Callboard. Ask one of its admins, or sign in with another account.
    </MessagePage>
  )
}

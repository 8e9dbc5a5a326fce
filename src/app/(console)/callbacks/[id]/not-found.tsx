import Link from 'next/link'
import { PageHeader } from '@/components/page-header'
import { buttonClass } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function CallbackNotFound() {
  return (
    <>
      <PageHeader title="No such callback" />
      <div className="grid max-w-[72ch] justify-items-start gap-4 p-4 text-form md:p-6">
        <p>No callback has this id. It may have been removed, or the link is from another Callboard.</p>
        <Link href="/callbacks" className={buttonClass()}>
          Go to callbacks
        </Link>
      </div>
    </>
  )
}

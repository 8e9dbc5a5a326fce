import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Mark } from '@/components/mark'
import { Card } from '@/components/ui/card'
import { requireAdmin } from '@/lib/auth/require-admin'
import { AppError } from '@/lib/http/app-error'
import { returnPath } from '../return-path'
import { getRuntime } from '../runtime'
import type { SearchParams } from '../search-params'
import { SignInForm } from './sign-in-form'

export const metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const next = returnPath((await searchParams).next)
  if (await isAdminSignedIn()) redirect(next)
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Card className="w-full max-w-[360px]">
        <Mark />
        <h1 className="mt-4 mb-6 font-semibold text-heading">Sign in to Callboard</h1>
        <SignInForm next={next} />
      </Card>
    </main>
  )
}

async function isAdminSignedIn(): Promise<boolean> {
  try {
    await requireAdmin(await headers(), getRuntime())
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

import type { ReactNode } from 'react'

export function Label({ htmlFor, children }: { htmlFor: string; children: ReactNode }) {
  return (
    <label htmlFor={htmlFor} className="block font-medium text-form">
      {children}
    </label>
  )
}

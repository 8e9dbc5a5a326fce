import type { NewAdmin } from './new-admin-schema'

/** What a form for a new admin shows after it was sent. */
export type NewAdminState = {
  /** What was entered, to be kept in the form; never the password. */
  values: { name?: string; email?: string }
  fieldErrors: Partial<Record<keyof NewAdmin, string>>
  message: string | null
}

export const emptyNewAdminState: NewAdminState = { values: {}, fieldErrors: {}, message: null }

/** The first thing wrong with each field. */
export function firstErrors(issues: { path: PropertyKey[]; message: string }[]): NewAdminState['fieldErrors'] {
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [path[0], message]))
}

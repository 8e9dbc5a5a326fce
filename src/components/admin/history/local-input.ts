/** A moment as a field of type `datetime-local` has it: local time without a zone. Empty for none. */
export function localInputOf(iso: string | null): string {
  if (iso === null) return ''
  const moment = new Date(iso)
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** What stands in such a field as a moment in UTC; null where it is empty or no time. */
export function momentOf(local: string): string | null {
  const moment = new Date(local)
  return local === '' || Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}

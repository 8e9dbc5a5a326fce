import type { ResultLookup } from '@/lib/presets/preset'

export type ResultRequest = { url: string; headers: Record<string, string> }

/**
 * Where the result of a job is, and what to send along.
 * @returns null where the sender keeps none for such an event.
 */
export function resultRequest(
  lookup: ResultLookup,
  { eventType, jobId, apiKey }: { eventType: string; jobId: string; apiKey: string },
): ResultRequest | null {
  const [, template] = Object.entries(lookup.urls).find(([beginning]) => eventType.startsWith(beginning)) ?? []
  // The job's id is the sender's text: it must not lead anywhere else.
  if (template === undefined || /^\.{1,2}$/.test(jobId)) return null
  const headers = Object.entries(lookup.headers).map(([name, value]) => [name, value.replace('{key}', () => apiKey)])
  return { url: template.replace('{job}', () => encodeURIComponent(jobId)), headers: Object.fromEntries(headers) }
}

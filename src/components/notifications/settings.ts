import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { needsAttention } from '../admin/actions/needs-attention'
import { definePreference } from '../preferences/preference'

export const notifiedAbouts = ['everything', 'verdicts', 'problems', 'nothing'] as const
export type NotifiedAbout = (typeof notifiedAbouts)[number]

/** What this browser tells of new callbacks. Counts are never muted. */
export type NotificationSettings = {
  about: NotifiedAbout
  /** Only of these; empty: of all. */
  workflows: readonly string[]
  /** Nothing until then, as milliseconds since 1970. */
  mutedUntilMs: number | null
  keepUntilDismissed: boolean
  onDesktop: boolean
}

const standard: NotificationSettings = {
  about: 'everything',
  workflows: [],
  mutedUntilMs: null,
  keepUntilDismissed: false,
  onDesktop: false,
}

export const notificationSettings = definePreference<NotificationSettings>({
  name: 'notifications',
  standard,
  parse: (stored) => (typeof stored === 'object' && stored !== null ? parseSettings(stored) : null),
})

function parseSettings(stored: Partial<Record<keyof NotificationSettings, unknown>>): NotificationSettings {
  return {
    about: notifiedAbouts.find((about) => about === stored.about) ?? standard.about,
    workflows: Array.isArray(stored.workflows) ? stored.workflows.filter((one) => typeof one === 'string') : [],
    mutedUntilMs: typeof stored.mutedUntilMs === 'number' ? stored.mutedUntilMs : null,
    keepUntilDismissed: stored.keepUntilDismissed === true,
    onDesktop: stored.onDesktop === true,
  }
}

/** Changes some of the settings. */
export function changeNotificationSettings(changes: Partial<NotificationSettings>): void {
  notificationSettings.set({ ...notificationSettings.get(), ...changes })
}

/** Whether a callback is one to tell of. */
export function isNotified(callback: LLMCallbackSummary, settings: NotificationSettings, nowMs: number): boolean {
  const { about, workflows, mutedUntilMs } = settings
  if (mutedUntilMs !== null && mutedUntilMs > nowMs) return false
  if (workflows.length > 0 && !workflows.includes(callback.workflowName ?? '')) return false
  if (about === 'everything') return true
  if (about === 'nothing') return false
  return needsAttention(callback) || (about === 'verdicts' && callback.stepId === null)
}

/** The first moment of the day after, in the zone of this machine. */
export function tomorrowOf(nowMs: number): number {
  const midnight = new Date(nowMs)
  midnight.setHours(24, 0, 0, 0)
  return midnight.getTime()
}

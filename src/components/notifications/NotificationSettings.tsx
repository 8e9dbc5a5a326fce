'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import type { Facet } from '@/lib/llm-callbacks/facet-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { fetchJson } from '../data/fetch-json'
import { formatTimeOfDay } from '../format'
import { Button } from '../ui/button'
import { Switch } from '../ui/switch'
import { askForDesktop } from './desktop'
import { changeNotificationSettings, type NotifiedAbout, notificationSettings, tomorrowOf } from './settings'

const hourMs = 60 * 60 * 1_000

const abouts: Record<NotifiedAbout, string> = {
  everything: 'Everything',
  verdicts: 'Verdicts and problems',
  problems: 'Problems only',
  nothing: 'Nothing',
}

/** What this browser tells of new callbacks, and for how long it does not. */
export default function NotificationSettings() {
  const { about, keepUntilDismissed, onDesktop } = notificationSettings.use()
  return (
    <div className="grid gap-3">
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium">Notify about</legend>
        {Object.entries(abouts).map(([value, label]) => (
          <label key={value} className="flex items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="radio"
              name="notify-about"
              className="accent-accent"
              checked={about === value}
              onChange={() => changeNotificationSettings({ about: value as NotifiedAbout })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <OnlyWorkflows />
      <Mute />
      <Setting label="Keep until dismissed">
        {(id) => (
          <Switch
            id={id}
            checked={keepUntilDismissed}
            onCheckedChange={(checked) => changeNotificationSettings({ keepUntilDismissed: checked })}
          />
        )}
      </Setting>
      <Setting label="Desktop notifications" hint="Shown while no tab of Callboard can be seen.">
        {(id) => (
          <Switch
            id={id}
            checked={onDesktop}
            onCheckedChange={async (checked) =>
              changeNotificationSettings({ onDesktop: checked && (await askForDesktop()) })
            }
          />
        )}
      </Setting>
    </div>
  )
}

type SettingProps = { label: string; hint?: string; children: (id: string) => ReactNode }

function Setting({ label, hint, children }: SettingProps) {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id}>
        {label}
        {hint !== undefined && <span className="block text-ink-2 text-meta">{hint}</span>}
      </label>
      {children(id)}
    </div>
  )
}

function OnlyWorkflows() {
  const { workflows } = notificationSettings.use()
  const { data } = useQuery({
    queryKey: ['facet', 'workflow', ''],
    queryFn: ({ signal }) => fetchJson<Facet>('/api/admin/llm-callbacks/facets?field=workflow', signal),
  })
  // Those chosen stay to be seen although they no longer are among the most frequent.
  const names = [...new Set([...workflows, ...(data?.values.map(({ value }) => value) ?? [])])]
  if (names.length === 0) return null
  const toggle = (name: string, isChosen: boolean) =>
    changeNotificationSettings({
      workflows: isChosen ? [...workflows, name] : workflows.filter((one) => one !== name),
    })
  return (
    <details>
      <summary className="cursor-pointer font-medium">
        {workflows.length === 0 ? 'All workflows' : `Only ${workflows.length} of the workflows`}
      </summary>
      <div className="mt-1 grid max-h-40 gap-1 overflow-y-auto">
        {names.map((name) => (
          <label key={name} className="flex items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={workflows.includes(name)}
              onChange={(event) => toggle(name, event.target.checked)}
            />
            <bdi className="truncate">{visibleText(name)}</bdi>
          </label>
        ))}
      </div>
    </details>
  )
}

function Mute() {
  const { mutedUntilMs } = notificationSettings.use()
  const nowMs = Date.now()
  if (mutedUntilMs !== null && mutedUntilMs > nowMs) {
    return (
      <div className="flex items-center justify-between gap-3">
        <p>Muted until {formatTimeOfDay(new Date(mutedUntilMs), new Date(nowMs))}</p>
        <Button look="secondary" onClick={() => changeNotificationSettings({ mutedUntilMs: null })}>
          Unmute
        </Button>
      </div>
    )
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="secondary" onClick={() => changeNotificationSettings({ mutedUntilMs: Date.now() + hourMs })}>
        Mute 1 h
      </Button>
      <Button look="secondary" onClick={() => changeNotificationSettings({ mutedUntilMs: tomorrowOf(Date.now()) })}>
        Mute until tomorrow
      </Button>
    </div>
  )
}

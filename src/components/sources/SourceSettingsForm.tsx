'use client'

import { type FormEvent, useState } from 'react'
import { changeSource } from '@/app/actions/sources'
import type { PresetItem, SourceItem } from '@/lib/sources/schemas'
import { builtInSlug } from '@/lib/sources/source'
import { useAction } from '../admins/use-action'
import { showFailure, showResult } from '../results/results'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { ApiKeyForm } from './ApiKeyForm'
import { DeleteSource } from './DeleteSource'
import { SettingsFields, settingsOf } from './SettingsFields'

type SourceSettingsFormProps = { source: SourceItem; preset: PresetItem | null }

/** Its name and what this kind of sender lets one set; pausing; and its end. */
export function SourceSettingsForm({ source, preset }: SourceSettingsFormProps) {
  const { run, isPending, error } = useAction(changeSource)
  const pause = useAction(changeSource)
  const [isEnabled, setIsEnabled] = useState(source.enabled)

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    if (await run(source.slug, { name: String(data.get('name')), settings: settingsOf(data) })) showResult('Saved.')
  }

  async function switchTo(enabled: boolean) {
    if (!(await pause.run(source.slug, { enabled }))) return showFailure('The source was not changed.')
    setIsEnabled(enabled)
    showResult(enabled ? 'It takes callbacks again.' : 'It is paused: its URL answers 404.')
  }

  return (
    <>
      <form onSubmit={save} className="grid max-w-[420px] gap-4">
        <div className="grid gap-1">
          <Label htmlFor="source-name">Name</Label>
          <Input id="source-name" name="name" required maxLength={80} defaultValue={source.name} />
        </div>
        <SettingsFields options={preset?.options ?? []} settings={source.settings} />
        <div className="grid gap-1">
          <Label htmlFor="source-public-url">URL as the sender knows it</Label>
          <Input
            id="source-public-url"
            name="url"
            type="url"
            defaultValue={source.settings.url ?? ''}
            aria-describedby="source-public-url-hint"
          />
          <p id="source-public-url-hint" className="text-ink-2 text-meta">
            Only where a proxy gives this source another one. Some senders sign it.
          </p>
        </div>
        {error !== null && (
          <p role="alert" className="text-danger text-meta">
            {error}
          </p>
        )}
        <Button type="submit" className="justify-self-start" aria-disabled={isPending}>
          Save
        </Button>
      </form>
      {preset?.keepsResults && <ApiKeyForm slug={source.slug} sender={preset.name} hasApiKey={source.hasApiKey} />}
      <section className="grid max-w-[560px] gap-2 border-line border-t pt-6">
        <h2 className="font-medium text-form">{isEnabled ? 'Pause' : 'Paused'}</h2>
        <p className="text-ink-2">
          {isEnabled
            ? 'Its URL answers 404 within a second. Its secrets and callbacks stay.'
            : 'Its URL answers 404. Senders may have given up what they sent meanwhile.'}
        </p>
        <Button
          look="secondary"
          className="justify-self-start"
          aria-disabled={pause.isPending}
          onClick={() => void switchTo(!isEnabled)}
        >
          {isEnabled ? 'Pause the source' : 'Take callbacks again'}
        </Button>
      </section>
      {source.slug !== builtInSlug && <DeleteSource source={source} />}
    </>
  )
}

'use client'

import { type FormEvent, useState } from 'react'
import { addSourceSecret, createSource } from '@/app/actions/sources'
import type { PresetItem } from '@/lib/sources/schemas'
import { useAction } from '../admins/use-action'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { SettingsFields, settingsOf } from './SettingsFields'

type NameSourceProps = {
  preset: PresetItem
  webhookBase: string
  onBack: () => void
  /** The secret where it was made here. */
  onMade: (made: { slug: string; secret: string | null }) => void
}

/** Makes the source, and its secret where the sender does not make that. */
export function NameSource({ preset, webhookBase, onBack, onMade }: NameSourceProps) {
  const [slug, setSlug] = useState(preset.id)
  const create = useAction(createSource)
  const giveSecret = useAction(addSourceSecret)

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const source = { slug, name: String(data.get('name')), preset: preset.id, settings: settingsOf(data) }
    if (!(await create.run(source))) return
    const secret = preset.secret?.madeBy === 'callboard' ? await giveSecret.run({ source: slug }) : null
    onMade({ slug, secret: secret?.value.made ?? null })
  }

  return (
    <form onSubmit={make} className="grid max-w-[420px] gap-4">
      <div className="grid gap-1">
        <Label htmlFor="source-name">Name</Label>
        <Input id="source-name" name="name" required maxLength={80} defaultValue={preset.name} />
      </div>
      <div className="grid gap-1">
        <Label htmlFor="source-slug">Slug</Label>
        <Input
          id="source-slug"
          required
          maxLength={63}
          value={slug}
          aria-describedby="source-url"
          onChange={(event) => setSlug(event.target.value.toLowerCase())}
        />
        <p id="source-url" className="break-all text-ink-2 text-meta">
          {webhookBase}
          {slug}
        </p>
      </div>
      <SettingsFields options={preset.options} />
      {create.error !== null && (
        <p role="alert" className="text-danger text-meta">
          {create.error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button look="secondary" onClick={onBack}>
          Another sender
        </Button>
        <Button type="submit" aria-disabled={create.isPending}>
          Make the source
        </Button>
      </div>
    </form>
  )
}

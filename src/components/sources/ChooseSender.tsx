'use client'

import { useState } from 'react'
import type { PresetItem } from '@/lib/sources/schemas'
import { Input } from '../ui/input'
import { Label } from '../ui/label'

type ChooseSenderProps = { presets: readonly PresetItem[]; onChoose: (preset: PresetItem) => void }

/** Every kind of sender, the most used first. */
export function ChooseSender({ presets, onChoose }: ChooseSenderProps) {
  const [wanted, setWanted] = useState('')
  const word = wanted.trim().toLowerCase()
  const found = presets.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(word))
  return (
    <div className="grid gap-4">
      <div className="grid max-w-[360px] gap-1">
        <Label htmlFor="find-sender">Who sends the callbacks?</Label>
        <Input
          id="find-sender"
          type="search"
          placeholder="OpenAI, Replicate, your own …"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(160px,1fr))] gap-2">
        {found.map((preset) => (
          <li key={preset.id}>
            <button
              type="button"
              className="h-full min-h-11 w-full cursor-pointer rounded-card border border-line bg-surface px-3 py-2 text-left font-medium hover:border-line-strong hover:bg-sunken"
              onClick={() => onChoose(preset)}
            >
              {preset.name}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className="text-form">
          No sender is called “{wanted}”. Most follow Standard Webhooks, or send a static token.
        </p>
      )}
    </div>
  )
}

'use client'

import { useState } from 'react'
import { Button, buttonClass } from '../../ui/button'
import { Input } from '../../ui/input'
import { Label } from '../../ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover'

const nameCharactersMax = 60

type SaveViewProps = { query: string; suggestedName: string; onSave: (view: { name: string; query: string }) => void }

/** Gives the page's filters a name. Sharing them is sharing the URL. */
export function SaveView({ query, suggestedName, onSave }: SaveViewProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger className={buttonClass('ghost', 'h-7 px-2 text-accent hover:text-accent')}>
        Save view
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="Save view">
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            const name = String(new FormData(event.currentTarget).get('name')).trim()
            if (name === '') return
            onSave({ name, query })
            setIsOpen(false)
          }}
        >
          <Label htmlFor="view-name">Name of the view</Label>
          <Input
            id="view-name"
            name="name"
            required
            maxLength={nameCharactersMax}
            defaultValue={suggestedName}
            autoComplete="off"
          />
          <p className="text-ink-2 text-meta">Only you have it. A view of the same name is replaced.</p>
          <Button type="submit">Save view</Button>
        </form>
      </PopoverContent>
    </Popover>
  )
}

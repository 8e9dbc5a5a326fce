'use client'

import type { FormEvent } from 'react'
import { removeApiKey, setApiKey } from '@/app/actions/sources'
import { useAction } from '../admins/use-action'
import { PasswordInput } from '../password-input'
import { showResult } from '../results/results'
import { Button } from '../ui/button'
import { Label } from '../ui/label'

type ApiKeyFormProps = { slug: string; sender: string; hasApiKey: boolean }

/** For senders of no more than an id: the key with which the rest is fetched. */
export function ApiKeyForm({ slug, sender, hasApiKey }: ApiKeyFormProps) {
  const set = useAction(setApiKey)
  const remove = useAction(removeApiKey)
  const error = set.error ?? remove.error

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (!(await set.run(slug, String(new FormData(form).get('api-key'))))) return
    form.reset()
    showResult('Results are fetched from now on.')
  }

  async function end() {
    if (await remove.run(slug)) showResult('Results are no longer fetched. What was fetched stays.')
  }

  return (
    <section className="grid max-w-[560px] gap-2 border-line border-t pt-6">
      <h2 className="font-medium text-form">Fetch results</h2>
      <p className="text-ink-2">
        {sender} sends no more than an id. With an API key Callboard fetches the rest once the callback is acknowledged,
        and shows it beside the callback, labelled: the sender did not sign it.
      </p>
      <form onSubmit={save} className="grid max-w-[420px] gap-3">
        <div className="grid gap-1">
          <Label htmlFor="api-key">{hasApiKey ? 'Another API key' : 'API key'}</Label>
          <PasswordInput id="api-key" name="api-key" what="key" required autoComplete="off" />
        </div>
        {error !== null && (
          <p role="alert" className="text-danger text-meta">
            {error}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="secondary" aria-disabled={set.isPending}>
            {hasApiKey ? 'Replace the key' : 'Keep the key'}
          </Button>
          {hasApiKey && (
            <Button look="secondary" aria-disabled={remove.isPending} onClick={() => void end()}>
              Remove the key
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

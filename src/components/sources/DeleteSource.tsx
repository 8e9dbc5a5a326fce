'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteSource } from '@/app/actions/sources'
import type { SourceItem } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { useAction } from '../admins/use-action'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TypedSlug } from './TypedSlug'

/** Ends a source, once it was said what that means. */
export function DeleteSource({ source: { slug, name } }: { source: SourceItem }) {
  const [isAsking, setIsAsking] = useState(false)
  const [isTyped, setIsTyped] = useState(false)
  const { run, isPending, error } = useAction(deleteSource)
  const router = useRouter()

  async function remove() {
    if (await run(slug)) router.push('/sources')
  }

  return (
    <section className="grid max-w-[560px] gap-2 border-line border-t pt-6">
      <h2 className="font-medium text-form">Delete</h2>
      <p className="text-ink-2">Its URL answers 404 at once, and its secrets stop working. Its callbacks stay.</p>
      <Button look="secondary" className="justify-self-start" onClick={() => setIsAsking(true)}>
        Delete the source
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete “${visibleText(name)}”?`}
        description="Its URL answers 404 at once and its secrets stop working. Its callbacks stay readable."
      >
        <TypedSlug slug={slug} onTyped={setIsTyped} />
        {error !== null && (
          <p role="alert" className="text-danger">
            {error}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button look="secondary" onClick={() => setIsAsking(false)}>
            Keep source
          </Button>
          <Button disabled={!isTyped} aria-disabled={isPending} onClick={remove}>
            Delete source
          </Button>
        </div>
      </Dialog>
    </section>
  )
}

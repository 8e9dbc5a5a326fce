import { lazy, Suspense, useState } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { Absent } from '../../absent'
import { formatCount, formatDuration, formatId } from '../../format'
import type { Payload } from '../../payload/use-json-tree'
import { Time } from '../../time'
import { buttonClass } from '../../ui/button'
import { Field, Fields } from './Fields'

const VariantDiff = lazy(() => import('./VariantDiff').then((module) => ({ default: module.VariantDiff })))

type DeliveriesTabProps = { callback: LLMCallbackDetail; payload: Payload; renderedAt: string }

/** How often it was delivered, and what came under the same identity with other content. */
export function DeliveriesTab({ callback, payload, renderedAt }: DeliveriesTabProps) {
  const { id, deliveries, variants, signature, eventTime } = callback
  const [comparedId, setComparedId] = useState<string | null>(null)
  return (
    <div className="grid gap-4 p-3">
      <Fields>
        <Field label="Delivered">{deliveries.count === 1 ? 'once' : `${formatCount(deliveries.count)} times`}</Field>
        <Field label="First">
          <Time at={deliveries.firstAt} renderedAt={renderedAt} />
        </Field>
        {deliveries.count > 1 && (
          <Field label="Last">
            <Time at={deliveries.lastAt} renderedAt={renderedAt} /> , with the same content
          </Field>
        )}
        <Field label="Verdict">{signature.valid ? 'Verified' : 'Not verified'}</Field>
        <Field label="Lag">
          {eventTime === null ? (
            <Absent />
          ) : (
            formatDuration(new Date(deliveries.firstAt).getTime() - new Date(eventTime).getTime())
          )}
        </Field>
      </Fields>
      {variants.length > 1 && (
        <section aria-label="Delivered with different content" className="grid gap-1.5">
          <h3 className="font-medium">Delivered with different content, oldest first</h3>
          <ul className="grid gap-1">
            {variants.map((variant, index) => (
              <li key={variant.id} className="flex items-center gap-3">
                <code className="font-mono text-meta">{formatId(variant.id.slice(-12))}</code>
                <Time at={variant.createdAt} renderedAt={renderedAt} className="text-ink-2" />
                <span className="text-ink-2">{index === 0 ? 'First' : 'Changed'}</span>
                {variant.id === id ? (
                  <span aria-current="true">This one</span>
                ) : (
                  <button
                    type="button"
                    aria-expanded={variant.id === comparedId}
                    className={buttonClass('secondary', 'h-6 px-2')}
                    onClick={() => setComparedId(variant.id === comparedId ? null : variant.id)}
                  >
                    Compare
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {comparedId !== null && (
        <Suspense>
          <VariantDiff payload={payload} otherId={comparedId} />
        </Suspense>
      )}
    </div>
  )
}

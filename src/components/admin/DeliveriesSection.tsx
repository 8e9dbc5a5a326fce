import Link from 'next/link'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { formatCount, formatId } from '../format'
import { Time } from '../time'
import { DetailSection, Field, Fields } from './DetailSection'

type DeliveriesSectionProps = { callback: LLMCallbackDetail; renderedAt: string }

/** How often it was delivered, and what came under the same identity with other content. */
export function DeliveriesSection({ callback: { id, deliveries, variants }, renderedAt }: DeliveriesSectionProps) {
  return (
    <DetailSection title="Deliveries">
      <Fields>
        <Field label="Delivered">{deliveries.count === 1 ? 'once' : `${formatCount(deliveries.count)} times`}</Field>
        <Field label="First">
          <Time at={deliveries.firstAt} renderedAt={renderedAt} />
        </Field>
        {deliveries.count > 1 && (
          <Field label="Last">
            <Time at={deliveries.lastAt} renderedAt={renderedAt} />
          </Field>
        )}
      </Fields>
      {variants.length > 1 && (
        <>
          <h3 className="mt-2 font-medium">Delivered with different content, oldest first</h3>
          <ul className="grid gap-1">
            {variants.map((variant) => (
              <li key={variant.id} className="flex gap-2">
                {variant.id === id ? (
                  <span aria-current="true" className="font-mono text-meta">
                    {formatId(variant.id)} (this one)
                  </span>
                ) : (
                  <Link
                    href={`/callbacks/${variant.id}`}
                    prefetch={false}
                    className="font-mono text-accent text-meta underline"
                  >
                    {formatId(variant.id)}
                  </Link>
                )}
                <Time at={variant.createdAt} renderedAt={renderedAt} className="text-ink-2" />
              </li>
            ))}
          </ul>
        </>
      )}
    </DetailSection>
  )
}

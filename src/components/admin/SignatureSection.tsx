import { ShieldCheck, ShieldX } from 'lucide-react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { Time } from '../time'
import { DetailSection, Field, Fields } from './DetailSection'

type SignatureSectionProps = { callback: LLMCallbackDetail; renderedAt: string }

/** The verdict on the signature, and what it was made from. */
export function SignatureSection({ callback: { signature }, renderedAt }: SignatureSectionProps) {
  const Icon = signature.valid ? ShieldCheck : ShieldX
  return (
    <DetailSection title="Signature">
      <p className="flex items-center gap-2">
        <Icon
          size={16}
          strokeWidth={1.75}
          aria-hidden="true"
          className={signature.valid ? 'text-success' : 'text-danger'}
        />
        {signature.valid ? 'Verified: the sender holds the secret, and the body is as it was sent.' : 'Not verified.'}
      </p>
      <Fields>
        <Field label="Scheme">{signature.scheme ?? <Absent />}</Field>
        <Field label="Header as received">
          {signature.header === null ? (
            <Absent />
          ) : (
            <code className="font-mono text-meta">{visibleText(signature.header)}</code>
          )}
        </Field>
        <Field label="Secret">
          {signature.secretId === null ? <Absent /> : <code className="font-mono text-meta">{signature.secretId}</code>}
        </Field>
        <Field label="Verified">
          {signature.verifiedAt === null ? <Absent /> : <Time at={signature.verifiedAt} renderedAt={renderedAt} />}
        </Field>
      </Fields>
      <p className="text-ink-2 text-meta">Only the body is signed: headers, the event hint among them, are not.</p>
    </DetailSection>
  )
}

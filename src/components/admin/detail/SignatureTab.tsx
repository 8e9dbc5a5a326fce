import { ShieldCheck, ShieldX } from 'lucide-react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../../absent'
import { CopyButton } from '../../copy-button'
import { formatId } from '../../format'
import { Time } from '../../time'
import { Field, Fields } from './Fields'

type SignatureTabProps = { callback: LLMCallbackDetail; renderedAt: string }

/** The verdict on the signature, what it was made from, and how to come to it without us. */
export function SignatureTab({ callback: { id, signature }, renderedAt }: SignatureTabProps) {
  const Icon = signature.valid ? ShieldCheck : ShieldX
  const check = `openssl dgst -sha256 -hmac '<your secret>' -r llm-callback-${id}.bin`
  return (
    <div className="grid gap-4 p-3">
      <p className="flex items-center gap-2 font-medium text-form">
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
        <Field label="Secret">
          {signature.secretId === null ? (
            <Absent />
          ) : (
            <code className="font-mono text-meta" title={signature.secretId}>
              secret {formatId(signature.secretId)}
            </code>
          )}
        </Field>
        <Field label="Verified">
          {signature.verifiedAt === null ? <Absent /> : <Time at={signature.verifiedAt} renderedAt={renderedAt} />}
        </Field>
        <Field label="Header as received">
          {signature.header === null ? (
            <Absent />
          ) : (
            <span className="flex items-start gap-1">
              <code className="min-w-0 font-mono text-meta">{visibleText(signature.header)}</code>
              <CopyButton text={signature.header} label="header" />
            </span>
          )}
        </Field>
      </Fields>
      <section aria-labelledby={`check-${id}`} className="grid gap-1.5">
        <h3 id={`check-${id}`} className="font-medium">
          Check it yourself
        </h3>
        <p className="text-ink-2 text-meta">
          Download the raw body and run this beside it. The digits must be those of the header.
        </p>
        <div className="flex items-start gap-1 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
          <pre className="min-w-0 flex-1 whitespace-pre-wrap break-all py-0.5 font-mono text-meta">{check}</pre>
          <CopyButton text={check} label="command" />
        </div>
      </section>
      <p className="text-ink-2 text-meta">
        Only the body is signed. The headers are not, and so neither is the event that a header hints at.
      </p>
    </div>
  )
}

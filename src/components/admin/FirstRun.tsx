import type { ReactNode } from 'react'
import { CopiedLine } from '../copied-line'

type FirstRunProps = {
  webhookUrl: string
  /** Null where the secret was given in LLM_WEBHOOK_SECRET. */
  secretPath: string | null
}

/** What to do before the first callback; in place of the table. Never the secret itself, only where it is. */
export function FirstRun({ webhookUrl, secretPath }: FirstRunProps) {
  return (
    <section aria-labelledby="first-run" className="max-w-[760px] p-4 md:p-6">
      <h2 id="first-run" className="flex items-center gap-2 font-semibold text-heading">
        <span aria-hidden="true" className="size-2 rounded-full bg-success-solid" />
        Waiting for the first callback
      </h2>
      <ol className="mt-4 grid gap-5">
        <Step number={1} title="Point the sender at the webhook URL">
          <CopiedLine text={webhookUrl} label="webhook URL" />
        </Step>
        <Step number={2} title="Give it the secret that it signs with">
          {secretPath === null ? (
            <p className="text-form">
              as set in <code className="font-mono">LLM_WEBHOOK_SECRET</code>
            </p>
          ) : (
            <>
              <CopiedLine text={secretPath} label="path of the secret" />
              <p className="text-ink-2 text-meta">The first line of this file on the server.</p>
            </>
          )}
        </Step>
        <Step number={3} title="Or send one yourself, from the folder of Callboard">
          <CopiedLine text="npm run send" label="npm command" />
          <CopiedLine text={curlLines(webhookUrl, secretPath)} label="curl command" />
        </Step>
      </ol>
    </section>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <span aria-hidden="true" className="grid size-5 place-items-center rounded-full bg-neutral-subtle text-badge">
        {number}
      </span>
      <div className="grid gap-2">
        <h3 className="font-medium text-form">{title}</h3>
        {children}
      </div>
    </li>
  )
}

function curlLines(webhookUrl: string, secretPath: string | null): string {
  const payload = {
    event: 'workflow.completed',
    job_id: 'first-callback',
    workflow_name: 'hello',
    status: 'completed',
    result: { text: 'It works.' },
  }
  const secret = secretPath === null ? '$LLM_WEBHOOK_SECRET' : `$(cat '${secretPath.replaceAll("'", "'\\''")}')`
  return [
    `BODY='${JSON.stringify(payload)}'`,
    `SIGNATURE=$(printf %s "$BODY" | openssl dgst -sha256 -hmac "${secret}" -r | cut -d' ' -f1)`,
    `curl -i '${webhookUrl}' -H 'Content-Type: application/json' -H "X-Webhook-Signature: sha256=$SIGNATURE" -d "$BODY"`,
  ].join('\n')
}

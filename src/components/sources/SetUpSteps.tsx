import type { PresetItem } from '@/lib/sources/schemas'
import { CopiedLine } from '../copied-line'

type SetUpStepsProps = { preset: PresetItem; webhookUrl: string }

/** What to do at the sender's, with the URL to paste there. */
export function SetUpSteps({ preset, webhookUrl }: SetUpStepsProps) {
  return (
    <div className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="font-medium text-form">Webhook URL</h2>
        <CopiedLine text={webhookUrl} label="webhook URL" />
      </div>
      <ol className="grid list-decimal gap-2 pl-5 text-form" aria-label={`Steps at ${preset.name}`}>
        {preset.setUp.map((step) => (
          <li key={step} className="break-words">
            {step.replaceAll('{url}', webhookUrl)}
          </li>
        ))}
      </ol>
      <div className="grid gap-1">
        <h2 className="font-medium text-form">Good to know</h2>
        <ul className="grid list-disc gap-1 pl-5 text-ink-2">
          {preset.notes.map((note) => (
            <li key={note}>{note.replaceAll(/[`*]/g, '')}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}

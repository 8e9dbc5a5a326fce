import type { SourceOption } from '@/lib/presets/preset'
import type { SourceSettings } from '@/lib/sources/source-settings'
import { Input } from '../ui/input'
import { Label } from '../ui/label'

const fields: Record<SourceOption, { label: string; hint: string }> = {
  header: { label: 'Signature header', hint: 'Left empty, the sender’s usual one.' },
  audience: { label: 'Audience', hint: 'What the sender’s tokens are made out to, as it is set there.' },
}

type SettingsFieldsProps = { options: readonly SourceOption[]; settings?: SourceSettings }

/** What can be set for this kind of sender. */
export function SettingsFields({ options, settings = {} }: SettingsFieldsProps) {
  return options.map((option) => (
    <div key={option} className="grid gap-1">
      <Label htmlFor={`source-${option}`}>{fields[option].label}</Label>
      <Input
        id={`source-${option}`}
        name={option}
        defaultValue={settings[option] ?? ''}
        aria-describedby={`source-${option}-hint`}
        autoComplete="off"
        spellCheck={false}
      />
      <p id={`source-${option}-hint`} className="text-ink-2 text-meta">
        {fields[option].hint}
      </p>
    </div>
  ))
}

/** The settings that a form holds; what was left empty is not set. */
export function settingsOf(data: FormData): SourceSettings {
  const names = ['header', 'audience', 'url'] as const
  const given = names.map((name) => [name, String(data.get(name) ?? '').trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

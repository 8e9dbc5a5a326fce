import path from 'node:path'
import { expect, test } from 'vitest'
import type { FieldRule, MappedField, Preset } from '@/lib/presets/preset'
import { presets } from '@/lib/presets/presets'
import type { SignatureScheme } from '@/lib/signatures/scheme'

// The pages are made from the data that receives, so that they say what is so: `npx vitest run sender-pages -u` makes them again.
const folder = path.resolve(import.meta.dirname, '../../../docs/senders')

const columnNames: Record<MappedField, string> = {
  event: 'Event',
  jobId: 'Job',
  workflowName: 'Workflow',
  status: 'Status',
  errorMessage: 'Error',
  eventTime: 'Event time',
  stepId: 'Step',
  durationMs: 'Duration',
  tokensTotal: 'Tokens',
  costUsd: 'Cost',
}

const dotted = (member: string) => `\`${member.replaceAll('/', '.')}\``

function ruleWords(rule: FieldRule): string {
  if (typeof rule === 'string') return dotted(rule)
  if ('template' in rule) {
    const text = `\`${rule.template.replaceAll('/', '.')}\``
    return rule.where ? `${text} where there is ${dotted(rule.where)}` : text
  }
  if ('stem' in rule) return `${dotted(rule.stem)} up to its last dot`
  if ('from' in rule) return `from ${dotted(rule.from)} to ${dotted(rule.to)}`
  return `${dotted(rule.path)} (${rule.unit})`
}

function schemeWords(scheme: SignatureScheme): string {
  if (scheme.kind === 'token') {
    const places = {
      header: `the secret in the header \`${scheme.at}\``,
      bearer: '`Authorization: Bearer` and the secret',
      basic: '`Authorization: Basic`, the secret being `user:password`',
      query: `the secret in the URL, \`?${scheme.at}=\``,
      body: `the secret in the body, ${dotted(scheme.at ?? '')}`,
    }
    return places[scheme.in]
  }
  if (scheme.kind === 'jwt') return `a ${scheme.algorithm} JSON Web Token in \`${scheme.header}\``
  const algorithms = { 'hmac-sha256': 'HMAC-SHA256', ed25519: 'Ed25519', 'rsa-sha256': 'RSA with SHA-256' }
  const time = scheme.time ? `, within ${scheme.time.pastSeconds} s` : ''
  const signs = scheme.signs.replaceAll('\n', '\\n')
  return `${algorithms[scheme.kind]} over \`${signs}\`, ${scheme.encoding} in \`${scheme.header}\`${time}`
}

function identityWords({ identity }: Preset): string {
  if (identity === 'message id') return 'The message’s id, which is signed, tells a retry from news.'
  const named = (fields: readonly MappedField[]) =>
    ['job', 'event', ...fields.map((field) => columnNames[field].toLowerCase())].join(', ')
  if (!('byEvent' in identity))
    return `Told from others by ${named(identity)}; where one of them is missing, by the content.`
  const events = Object.entries(identity.byEvent).map(([event, fields]) => `\`${event}\` by ${named(fields)}`)
  return events.length === 0 ? 'Told from others by its content.' : `${events.join('; ')}; all others by their content.`
}

function pageOf(preset: Preset): string {
  const url = 'https://callboard.example.com/api/webhooks/<slug>'
  const fields = Object.entries(preset.fields) as [MappedField, readonly FieldRule[]][]
  return [
    `# ${preset.name}`,
    '',
    '## Set up',
    '',
    `1. In the console open *Sources*, *New source*, ${preset.name}; or run \`callboard source add <slug> --preset ${preset.id}\`.`,
    ...preset.setUp.map((step, index) => `${index + 2}. ${step.replaceAll('{url}', `\`${url}\``)}`),
    ...(preset.secret?.madeBy === 'sender' ? [`   The secret looks like this: ${preset.secret.example}.`] : []),
    '',
    `Try it with *Send test* on the source’s page, or \`callboard send --preset ${preset.id}\`.`,
    '',
    '## How it proves itself',
    '',
    ...preset.schemes.map((scheme) => `- ${schemeWords(scheme)}`),
    '',
    '## What shows up',
    '',
    ...(preset.parts ? [`Each element of \`${preset.parts.path}\` is a callback of its own.`, ''] : []),
    '| column | from |',
    '|---|---|',
    ...fields.map(([field, rules]) => `| ${columnNames[field]} | ${rules.map(ruleWords).join(', else ')} |`),
    '',
    identityWords(preset),
    '',
    ...(preset.result
      ? [
          '## With an API key',
          '',
          'In the settings of the source; what it answers stands beside the callback, labelled as fetched and not signed:',
          '',
          ...Object.entries(preset.result.urls).map(([event, url]) => `- \`${event}…\`: \`GET ${url}\``),
          '',
        ]
      : []),
    '## Good to know',
    '',
    ...preset.notes.map((note) => `- ${note}`),
    '',
  ].join('\n')
}

function overview(): string {
  const rows = [...presets.values()].map(
    ({ id, name, schemes }) =>
      `| [${name}](${id}.md) | \`${id}\` | ${schemes.map(({ name: scheme }) => scheme).join(', ')} |`,
  )
  return [
    '# Senders',
    '',
    'What Callboard understands, how each proves itself, and what of it shows up. Whoever is not among them can follow Standard Webhooks, sign as Stripe does, or send a static token.',
    '',
    '| sender | preset | schemes |',
    '|---|---|---|',
    ...rows,
    '',
    'A new sender is one file of data in `src/lib/presets` and its tests; these pages are made from it.',
    '',
  ].join('\n')
}

test.each([...presets.values()].map((preset) => [preset.id, preset] as const))(
  'the page of %s says what is so',
  async (id, preset) => {
    await expect(pageOf(preset)).toMatchFileSnapshot(path.join(folder, `${id}.md`))
  },
)

test('the table names every sender', async () => {
  await expect(overview()).toMatchFileSnapshot(path.join(folder, 'README.md'))
})

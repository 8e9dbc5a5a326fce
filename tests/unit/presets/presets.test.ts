import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { presets } from '@/lib/presets/presets'
import { read } from './support'

const all = [...presets.values()].map((preset) => [preset.id, preset] as const)
const now = new Date()

describe.each(all)('%s', (id, preset) => {
  test('what it would send is read: job, event, a known status', () => {
    const { callbacks, refusal } = read(preset, preset.sample({ id: 'job-1', now }))
    expect(refusal).toBe(null)
    for (const callback of callbacks) {
      expect(callback.externalJobId).not.toBe(null)
      expect(callback.eventType).toMatch(/^[\w. -]+$/)
      expect(callback.payloadState).toBe('stored')
      expect(callback.conditions).toEqual([])
    }
    // Slack tells of an event, and of no job’s end.
    expect(callbacks.every(({ status }) => status !== 'unknown')).toBe(id !== 'slack')
  })

  test('the same bytes again are the same callback, and another job is another', () => {
    const keysOf = (job: string) =>
      read(preset, preset.sample({ id: job, now }), `msg-${job}`).callbacks.map(({ deliveryKey }) => deliveryKey)
    expect(keysOf('job-1')).toEqual(keysOf('job-1'))
    expect(keysOf('job-1')).not.toEqual(keysOf('job-2'))
  })

  test('says what to do at the sender’s, with the URL', () => {
    expect(preset.setUp.join(' ')).toContain('{url}')
    for (const step of preset.setUp) expect(step).toMatch(/\.$/)
    expect(preset.secret === null).toBe(
      preset.schemes.every((scheme) => 'key' in scheme && typeof scheme.key === 'object'),
    )
  })

  test('each of its schemes has a name of its own', () => {
    const names = preset.schemes.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('a test event of any kind is stored, except where it can be no callback of this sender’s', () => {
    const { refusal } = read(preset, { hello: 'world' })
    expect(refusal === null).toBe(preset.required === undefined)
  })
})

test('every file of a sender is among them, under its own name', () => {
  const files = readdirSync(path.resolve(import.meta.dirname, '../../../src/lib/presets'))
  const others = ['preset', 'preset-items', 'presets', 'status-words']
  const senders = files.map((file) => path.parse(file).name).filter((name) => !others.includes(name))
  expect([...presets.keys()].sort()).toEqual(senders.sort())
})

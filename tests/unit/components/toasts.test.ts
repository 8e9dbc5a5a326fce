import { describe, expect, test } from 'vitest'
import { isNotified, type NotificationSettings, tomorrowOf } from '@/components/notifications/settings'
import { toastWords } from '@/components/notifications/toast-words'
import { addToToasts, type CallbackToast, withoutViewed } from '@/components/notifications/toasts'
import { type LLMCallbackSummary, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

let made = 0
function callback(changes: Partial<LLMCallbackSummary> = {}): LLMCallbackSummary {
  made += 1
  const number = String(made).padStart(12, '0')
  return {
    id: llmCallbackIdSchema.parse(`0190a3f2-7c11-7000-8000-${number}`),
    cursor: `0123456789abcdef.${made}`,
    callbackId: `job-${made}`,
    source: 'llm-callback',
    eventType: 'workflow.completed',
    status: 'completed',
    workflowName: 'emergency_contacts',
    externalJobId: `job-${made}`,
    stepId: null,
    errorMessage: null,
    signatureValid: true,
    payloadState: 'stored',
    payloadPreview: '{"text":"Hi"}',
    payloadBytes: 2,
    conditions: [],
    variantOf: null,
    deliveryCount: 1,
    durationMs: null,
    tokensTotal: null,
    costUsd: null,
    eventTime: null,
    createdAt: '2026-11-23T11:59:00.000Z',
    ...changes,
  }
}
const step = (job: string, stepId: string) =>
  callback({ externalJobId: job, stepId, status: 'in_progress', eventType: 'llm.step.completed' })
const kinds = (toasts: readonly CallbackToast[]) => toasts.map(({ kind, callbacks }) => `${kind} ${callbacks.length}`)

describe('what arrives becomes few toasts', () => {
  test('up to three stand for themselves, the fourth makes a summary that absorbs and counts up', () => {
    const three = addToToasts([], [callback(), callback(), callback()], false)
    expect(kinds(three)).toEqual(['callback 1', 'callback 1', 'callback 1'])
    const four = addToToasts(three, [callback()], false)
    expect(kinds(four)).toEqual(['summary 4'])
    expect(kinds(addToToasts(four, [callback()], false))).toEqual(['summary 5'])
  })

  test('four at once are a summary', () => {
    expect(
      kinds(
        addToToasts(
          [],
          Array.from({ length: 4 }, () => callback()),
          false,
        ),
      ),
    ).toEqual(['summary 4'])
  })

  test('steps of one job share a toast, other jobs have their own, a verdict replaces its steps', () => {
    const steps = addToToasts([], [step('a', 'one'), step('b', 'one'), step('a', 'two')], false)
    expect(kinds(steps)).toEqual(['steps 1', 'steps 2'])
    expect(kinds(addToToasts(steps, [callback({ externalJobId: 'a' })], false))).toEqual(['steps 1', 'callback 1'])
  })

  test('the same job of two sources is two jobs', () => {
    const other = { ...step('a', 'two'), source: 'other' }
    expect(kinds(addToToasts([], [step('a', 'one'), other], false))).toEqual(['steps 1', 'steps 1'])
  })

  test('after an absence everything is one, and stays so', () => {
    const away = addToToasts(addToToasts([], [callback()], false), [callback()], true)
    expect(kinds(away)).toEqual(['away 2'])
    expect(kinds(addToToasts(away, [callback()], false))).toEqual(['away 3'])
  })

  test('nothing changes nothing', () => {
    const toasts = addToToasts([], [callback()], false)
    expect(addToToasts(toasts, [], true)).toBe(toasts)
  })
})

test('what was viewed leaves its toast, and the last one takes the toast along', () => {
  const [first, second] = [callback(), callback()]
  const toasts = addToToasts([], [first, second], true)
  const rest = withoutViewed(toasts, [first.id])
  expect(kinds(rest)).toEqual(['away 1'])
  expect(withoutViewed(rest, [second.id])).toEqual([])
  expect(withoutViewed(toasts, 'many')).toEqual([])
  expect(withoutViewed(toasts, [callback().id])).toBe(toasts)
})

describe('what a toast says', () => {
  const toast = (kind: CallbackToast['kind'], ...callbacks: LLMCallbackSummary[]) =>
    toastWords({ key: 'k', kind, callbacks })

  test('of one callback: workflow, label and event, what it says', () => {
    expect(toast('callback', callback())).toEqual({
      title: 'emergency_contacts',
      detail: 'Completed · workflow.completed',
      says: '{"text":"Hi"}',
    })
  })

  test('of a failure: its error, in one line, with nothing unseen in it', () => {
    const failed = callback({ status: 'failed', errorMessage: 'no\n more \u202eof it', workflowName: null })
    expect(toast('callback', failed)).toEqual({
      title: 'llm-callback',
      detail: 'Failed · workflow.completed',
      says: 'no more [U+202E]of it',
    })
  })

  test('of what was changed or unreadable: that, before its status', () => {
    expect(toast('callback', callback({ conditions: ['variant'] })).detail).toBe('Changed · workflow.completed')
    expect(toast('callback', callback({ payloadState: 'quarantined', eventType: null })).detail).toBe('Quarantined')
  })

  test('of steps: how many, and the latest', () => {
    expect(toast('steps', step('a', 'one'), step('a', 'geocode')).detail).toBe('2 steps, latest: geocode')
  })

  test('of many: counts by what they came to, two names and how many more', () => {
    const names = ['a', 'b', 'c', 'd']
    const many = names.map((workflowName, at) => callback({ workflowName, status: at === 3 ? 'failed' : 'completed' }))
    expect(toast('summary', ...many)).toEqual({
      title: '4 new callbacks: 3 completed, 1 failed',
      detail: 'a, b +2',
      says: null,
    })
    expect(toast('away', ...many).title).toBe('While you were away: 3 completed, 1 failed')
  })
})

describe('what is told of', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00Z')
  const settings: NotificationSettings = {
    about: 'everything',
    workflows: [],
    mutedUntilMs: null,
    keepUntilDismissed: false,
    onDesktop: false,
  }
  const failed = callback({ status: 'failed' })
  test.each([
    [{}, callback(), true],
    [{ about: 'nothing' }, failed, false],
    [{ about: 'problems' }, callback(), false],
    [{ about: 'problems' }, failed, true],
    [{ about: 'problems' }, callback({ conditions: ['variant'] }), true],
    [{ about: 'verdicts' }, callback(), true],
    [{ about: 'verdicts' }, step('a', 'one'), false],
    [{ about: 'verdicts' }, { ...step('a', 'one'), status: 'failed' }, true],
    [{ workflows: ['other'] }, callback(), false],
    [{ workflows: ['emergency_contacts'] }, callback(), true],
    [{ mutedUntilMs: nowMs + 1 }, failed, false],
    [{ mutedUntilMs: nowMs }, failed, true],
  ] as const)('%j', (changes, item, isTold) => {
    expect(isNotified(item, { ...settings, ...changes }, nowMs)).toBe(isTold)
  })

  test('tomorrow begins at the next midnight here', () => {
    const tomorrow = new Date(tomorrowOf(nowMs))
    expect([tomorrow.getHours(), tomorrow.getMinutes()]).toEqual([0, 0])
    expect(tomorrow.getTime() - nowMs).toBeGreaterThan(0)
    expect(tomorrow.getTime() - nowMs).toBeLessThanOrEqual(24 * 3_600_000)
  })
})

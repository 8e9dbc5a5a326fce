import { describe, expect, test } from 'vitest'
import { readHistoryState } from '@/components/admin/history/history-state'
import { matchesFilters } from '@/components/admin/history/matches-filters'
import { type LLMCallbackSummary, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

const now = Date.parse('2026-11-23T12:00:00Z')
const callback: LLMCallbackSummary = {
  id: llmCallbackIdSchema.parse('0190a3f2-7c11-7000-8000-000000000001'),
  cursor: '0123456789abcdef.7',
  callbackId: 'job-1',
  source: 'llm-callback',
  eventType: 'workflow.failed',
  status: 'failed',
  workflowName: 'emergency_contacts',
  externalJobId: 'job-1',
  stepId: null,
  errorMessage: 'timeout',
  signatureValid: true,
  payloadState: 'stored',
  payloadPreview: '{}',
  payloadBytes: 2,
  conditions: ['variant'],
  variantOf: null,
  deliveryCount: 1,
  durationMs: null,
  tokensTotal: null,
  costUsd: null,
  eventTime: null,
  createdAt: '2026-11-23T11:59:00.000Z',
}

describe('a callback that has just arrived is counted where the filters would show it', () => {
  test.each([
    ['', true],
    ['status=failed,completed', true],
    ['status=completed', false],
    ['status=!failed', false],
    ['status=!in_progress', true],
    ['workflow=emergency_contacts', true],
    ['workflow=other', false],
    ['event=workflow.failed', true],
    ['source=!llm-callback', false],
    ['condition=variant,nul', true],
    ['condition=nul', false],
    ['condition=quarantined', false],
    ['condition=!variant', false],
    ['viewed=false', true],
    ['viewed=true', false],
    ['handled=false', true],
    ['handled=true', false],
    ['job=job-1', true],
    ['job=job-2', false],
    ['ids=0190a3f2-7c11-7000-8000-000000000001', true],
    ['ids=0190a3f2-7c11-7000-8000-000000000002', false],
    ['range=15min', true],
    ['from=2026-11-23T11:59:00Z', true],
    ['from=2026-11-23T11:59:01Z', false],
    ['to=2026-11-23T11:59:00Z', false],
    ['status=failed&workflow=other', false],
  ])('%j: %s', (query, matches) => {
    expect(matchesFilters(callback, readHistoryState(query), now)).toBe(matches)
  })

  test('a quarantined one has no name, and is found by its state', () => {
    const quarantined: LLMCallbackSummary = {
      ...callback,
      payloadState: 'quarantined',
      workflowName: null,
      conditions: [],
    }
    expect(matchesFilters(quarantined, readHistoryState('condition=quarantined'), now)).toBe(true)
    expect(matchesFilters(quarantined, readHistoryState('workflow=emergency_contacts'), now)).toBe(false)
    expect(matchesFilters(quarantined, readHistoryState('workflow=!emergency_contacts'), now)).toBe(true)
  })
})

test('only the server can tell of a search or a scheme, and only where all else matches', () => {
  expect(matchesFilters(callback, readHistoryState('q=timeout'), now)).toBeNull()
  expect(matchesFilters(callback, readHistoryState('scheme=hmac-sha256-hex'), now)).toBeNull()
  expect(matchesFilters(callback, readHistoryState('q=timeout&status=completed'), now)).toBe(false)
  expect(matchesFilters(callback, readHistoryState('q=ab'), now)).toBe(true)
})

export type CallbackShape = { event: string; workflow: string; jobId: string; stepId: string; now: Date }

// Fixed, so that the same job sent twice has the same content.
const userId = '7b0c5f1e-3f0a-4c55-9d0e-6a1d2f3b4c5d'
const steps = ['extract', 'geocode', 'match', 'rank', 'verify', 'summarise']

/**
 * Builds a body as the real sender does: keys sorted, compact, non-ASCII escaped, and a timestamp with both an offset
 * and a Z.
 */
export function buildBody(shape: CallbackShape): string {
  return pythonJson({ ...payloadFor(shape), timestamp: pythonTimestamp(shape.now) })
}

function payloadFor({ event, workflow, jobId, stepId }: CallbackShape): Record<string, unknown> {
  const base = { event, job_id: jobId, workflow_name: workflow }
  if (event === 'llm.step.completed') {
    const result = { text: `Step “${stepId}” is done` }
    return { ...base, step_id: stepId, tokens: 812, cost_usd: 0.0031, duration_ms: 1_240, result }
  }
  if (event === 'workflow.failed') {
    const message = 'The model answered with no JSON after 3 attempts'
    const error = { type: 'LLMOutputError', category: 'llm', message, step_id: 'match', retryable: true }
    return { ...base, status: 'failed', error_message: message, error, duration_ms: 187_000 }
  }
  const result = {
    summary: 'Three emergency contacts were found and checked. Zürich’s on-call number changed on Monday.',
    contacts: [
      { name: 'Poison control', phone: '145' },
      { name: 'Ambulance', phone: '144' },
    ],
  }
  const costData = { total_tokens: 18_204, cost_usd: 0.0142, llm_calls: 6 }
  return { ...base, status: 'completed', user_id: userId, result, cost_data: costData, duration_ms: 187_000 }
}

/** The step that a callback of this number tells of. */
export function stepName(index: number): string {
  return steps[index % steps.length] ?? 'step'
}

/** Python's json.dumps(value, sort_keys=True, separators=(',', ':')). */
function pythonJson(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
  return sorted.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Python's datetime.now(timezone.utc).isoformat() + "Z", as the sender has it. */
function pythonTimestamp(now: Date): string {
  return `${now.toISOString().slice(0, 23)}000+00:00Z`
}

import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useWebhookServer } from '../../support/use-webhook-server'
import { webhookAdapters } from '../../support/webhook-adapters'
import { verdict, verdictSource } from '../../support/webhook-bodies'

const bodyBytesMax = 1_048_576
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Valid bytes around the given ones. */
const around = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"event":"e","job_id":"j","result":"'), Buffer.from(bytes), Buffer.from('"}')])

describe.each(webhookAdapters)('$name', (adapter) => {
  const webhook = useWebhookServer(adapter)

  /** Posts a body that is taken, and returns its row: the raw bytes exact, the conditions as expected. */
  async function taken(body: Buffer, conditions: string[] = []) {
    const answer = await webhook.post(body)
    expect(answer).toMatchObject({ status: 200, duplicate: false })
    const row = await webhook.row()
    expect(row.id).toBe(answer.id)
    expect(sha256(row.raw)).toBe(sha256(body))
    expect(row.conditions.filter((condition) => condition !== 'clock_skew')).toEqual(conditions)
    return row
  }

  /** Posts a body whose text is fine and that jsonb can't hold. */
  async function takenRaw(body: Buffer, condition: string) {
    const row = await taken(body, [condition])
    expect(row).toMatchObject({ payloadState: 'raw_only', payload: null })
    return row
  }

  /** Posts a body that can't be read, and returns its row: kept to the byte, and the sender told why. */
  async function quarantined(body: Buffer | string, status: number, code: string) {
    const answer = await webhook.post(body)
    expect(answer).toMatchObject({ status, code })
    const row = await webhook.row()
    expect(row).toMatchObject({ id: answer.id, payloadState: 'quarantined', payload: null, conditions: [code] })
    expect(row).toMatchObject({ callbackId: null, eventType: null, status: 'unknown', signatureValid: true })
    expect(sha256(row.raw)).toBe(sha256(Buffer.from(body)))
    expect(answer.detail).toContain(row.errorMessage)
    return row
  }

  test.each([
    ['a value', '"result":"a\\u0000b"'],
    ['a key', '"result":{"a\\u0000b":1}'],
    ['a deep value', '"x":[[{"y":["\\u0000"]}]]'],
  ])('case 27: \\u0000 in %s is taken', async (_, members) => {
    await takenRaw(verdictSource(members), 'nul')
  })

  test('case 27: \\u0000 in what becomes a column is shown as its picture', async () => {
    const members = '"workflow_name":"a\\u0000b","step_id":"\\u0000","error_message":"x\\u0000"'
    const row = await takenRaw(verdictSource(members, { event: '"e\\u0000"', jobId: '"j\\u00001"' }), 'nul')
    expect(row).toMatchObject({
      eventType: 'e␀',
      callbackId: 'j␀1',
      workflowName: 'a␀b',
      stepId: '␀',
      errorMessage: 'x␀',
    })
  })

  test.each([
    ['a lone high surrogate', '"result":"\\ud83d"'],
    ['a lone low surrogate', '"result":"\\ude00 x"'],
    ['a reversed pair', '"result":"\\ude00\\ud83d"'],
    ['two high ones', '"result":"\\ud83d\\ud83d\\ude00"'],
    ['one in a key', '"result":{"\\udbff":1}'],
  ])('case 28: %s is taken', async (_, members) => {
    await takenRaw(verdictSource(members), 'lone_surrogate')
  })

  test('case 28: a lone surrogate in what becomes a column is shown as U+FFFD, a pair as its character', async () => {
    const row = await takenRaw(
      verdictSource('"workflow_name":"a\\ud83d"', { jobId: '"\\ud83d\\ude80\\udfff"' }),
      'lone_surrogate',
    )
    expect(row).toMatchObject({ workflowName: 'a\ufffd', callbackId: '🚀\ufffd' })
  })

  test('case 29: a byte order mark is kept in the bytes and in the way of nothing', async () => {
    const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), verdict({ job_id: 'bom' })])
    expect(await taken(body)).toMatchObject({ payloadState: 'stored', callbackId: 'bom' })
  })

  test('case 29: a second byte order mark is no JSON', async () => {
    await quarantined(Buffer.from('\ufeff\ufeff{"event":"e","job_id":"j"}'), 400, 'not_json')
  })

  test.each([
    ['a byte 0xFF', around(0xff), 36],
    ['a continuation byte alone', around(0x80), 36],
    ['an overlong slash', around(0xc0, 0xaf), 36],
    ['an overlong NUL', around(0xc0, 0x80), 36],
    ['a surrogate in UTF-8', around(0xed, 0xa0, 0x80), 36],
    ['a code point above 0x10FFFF', around(0xf4, 0x90, 0x80, 0x80), 36],
    ['a character cut off', around(0xe2, 0x82), 36],
    ['Latin-1', Buffer.from('{"event":"é"}', 'latin1'), 10],
    ['UTF-16', Buffer.from('\ufeff{"event":"e"}', 'utf16le'), 0],
    ['after a real U+FFFD', Buffer.concat([Buffer.from('"\ufffdé'), Buffer.from([0xfe])]), 6],
  ])('case 30: invalid UTF-8 is kept and refused with its place: %s', async (_, body, offset) => {
    const row = await quarantined(body, 400, 'not_utf8')
    expect(row.errorMessage).toMatch(new RegExp(`at byte ${offset}$`))
  })

  test('case 31: a mebibyte of nested arrays is taken, its bytes kept without a jsonb view', async () => {
    const [head = '', tail = ''] = verdictSource('"result":@').toString().split('@')
    const depth = (bodyBytesMax - head.length - tail.length) >> 1
    expect(depth).toBeGreaterThan(524_000)
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const row = await takenRaw(Buffer.from(`${head}${nested}${tail}`.padEnd(bodyBytesMax)), 'too_deep')
    expect(row.payloadPreview).toMatch(/^\[+…$/)
  })

  test('case 31: nesting of 2,000 still has a jsonb view', async () => {
    const nested = `"result":${'['.repeat(1_999)}${']'.repeat(1_999)}`
    expect(await taken(verdictSource(nested))).toMatchObject({ payloadState: 'stored' })
  })

  test('case 31: objects and arrays nested in turn are taken, with what is mapped found behind them', async () => {
    const nested = `"x":${'{"a":['.repeat(100_000)}${']}'.repeat(100_000)},"workflow_name":"behind"`
    expect(await takenRaw(verdictSource(nested), 'too_deep')).toMatchObject({ workflowName: 'behind' })
  })

  test('case 31: a mebibyte of opening brackets is kept and refused', async () => {
    await quarantined('['.repeat(bodyBytesMax), 400, 'not_json')
  })

  test('case 32: of duplicate keys the last wins, in the columns and in the view', async () => {
    const members = '"status":"completed","status":"failed","result":{"a":1,"a":2},"job_id":"last"'
    const row = await taken(verdictSource(members, { jobId: '"first"' }), ['duplicate_keys'])
    expect(row).toMatchObject({ callbackId: 'last', status: 'failed', payloadState: 'stored' })
    expect(JSON.parse(row.payload ?? '')).toMatchObject({ job_id: 'last', status: 'failed', result: { a: 2 } })
  })

  test('case 33: keys and values named like parts of every object are text like any other', async () => {
    const members =
      '"__proto__":{"polluted":true,"status":"failed"},"constructor":{"prototype":{"polluted":true}},"toString":1'
    const row = await taken(verdictSource(members))
    expect(row).toMatchObject({ status: 'completed', payloadState: 'stored' })
    expect(row.payload).toContain('"__proto__"')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'case 33: an event, a job and a status named %s',
    async (name) => {
      const row = await taken(verdict({ event: name, job_id: name, status: name, step_id: name }))
      expect(row).toMatchObject({ eventType: name, callbackId: name, stepId: name, status: 'unknown' })
    },
  )

  test('case 34: numbers stay as they were sent, to the digit', async () => {
    const numbers = '[9007199254740993,1.00,1E2,-0,1e400,0.1e-7,123456789012345678901234567890.5]'
    const row = await taken(verdictSource(`"result":${numbers}`))
    expect(row.payloadState).toBe('stored')
    expect(row.raw.includes(numbers)).toBe(true)
    expect(row.payloadPreview).toBe(numbers)
    expect(row.payload).toContain('9007199254740993, 1.00, 100, ')
  })

  test.each([
    ['1e131072', '1e131072'],
    ['-1e131072', '-1e131072'],
    ['1e-16384', '1e-16384'],
    ['1e999999999999', '1e999999999999'],
    ['131,073 digits', '9'.repeat(131_073)],
    ['16,384 decimals', `0.${'1'.repeat(16_384)}`],
  ])('case 34: a number that jsonb can’t hold is taken without a view: %s', async (_, number) => {
    await takenRaw(verdictSource(`"result":${number}`), 'number_out_of_range')
  })

  test('case 34: what is counted in columns is read from the digits sent', async () => {
    const row = await taken(verdictSource('"tokens":1.2E3,"duration_ms":1500.4,"cost_usd":1.20e-05'))
    expect(row).toMatchObject({ tokensTotal: 1200, durationMs: 1500, costUsd: '0.0000120' })
  })

  test.each(['-1', '9007199254740993', '1e400', '"many"', 'null', '[5]', 'NaN'])(
    'case 34: a count of %s that no column can hold is null, and the callback is taken',
    async (number) => {
      const body = verdictSource(
        `"tokens":${number},"duration_ms":${number},"cost_usd":${number === '9007199254740993' ? '1e10' : number}`,
      )
      expect((await webhook.post(body)).status).toBe(200)
      expect(await webhook.row()).toMatchObject({ tokensTotal: null, durationMs: null, costUsd: null, raw: body })
    },
  )

  test.each(['NaN', 'Infinity', '-Infinity', '[NaN,1]', '{"loss":NaN,"best":-Infinity}'])(
    'case 35: a bare %s, as Python writes it, is taken',
    async (value) => {
      await takenRaw(verdictSource(`"result":${value}`), 'non_finite_number')
    },
  )

  test.each([
    ['trailing bytes', '{"event":"e","job_id":"j"}x'],
    ['a second text', '{"event":"e","job_id":"j"}\n{}'],
    ['a trailing NUL', '{"event":"e","job_id":"j"}\0'],
    ['a raw line feed in a string', '{"event":"e","job_id":"j\n"}'],
    ['a raw NUL in a string', '{"event":"e","job_id":"j\0"}'],
    ['a raw tab in a key', '{"event":"e","job\t_id":"j"}'],
    ['a text cut off', '{"event":"e","job_id":"j"'],
    ['a string cut off', '{"event":"e","job_id":"j'],
    ['an escape cut off', '{"event":"e","job_id":"\\u00'],
    ['a trailing comma', '{"event":"e","job_id":"j",}'],
    ['single quotes', "{'event':'e','job_id':'j'}"],
    ['a form', 'event=e&job_id=j'],
    ['nan', '{"event":"e","job_id":"j","result":nan}'],
    ['+Infinity', '{"event":"e","job_id":"j","result":+Infinity}'],
    ['NaNs', '{"event":"e","job_id":"j","result":NaNs}'],
    ['None', '{"event":"e","job_id":"j","result":None}'],
    ['blanks', '   '],
  ])('case 35: what is no JSON is kept and refused: %s', async (_, body) => {
    await quarantined(body, 400, 'not_json')
  })

  test.each([
    ['an array', '[{"event":"e","job_id":"j"}]'],
    ['a string', '"event"'],
    ['a number', '-1.5e3'],
    ['null', 'null'],
    ['true', 'true'],
    ['NaN', 'NaN'],
    ['an empty object', '{}'],
    ['no event', '{"job_id":"j"}'],
    ['no job_id', '{"event":"e"}'],
    ['an empty event', '{"event":"","job_id":"j"}'],
    ['an empty job_id', '{"event":"e","job_id":""}'],
    ['a null event', '{"event":null,"job_id":"j"}'],
    ['a null job_id', '{"event":"e","job_id":null}'],
    ['a job_id that is an object', '{"event":"e","job_id":{"id":"j"}}'],
    ['a job_id that is an array', '{"event":"e","job_id":["j"]}'],
    ['a job_id that is NaN', '{"event":"e","job_id":NaN}'],
    ['a job_id one level down', '{"event":"e","data":{"job_id":"j"}}'],
    ['another case of the key', '{"Event":"e","JOB_ID":"j"}'],
    ['a last job_id that is empty', '{"event":"e","job_id":"j","job_id":""}'],
  ])('case 36: JSON that is no callback is kept and refused: %s', async (_, body) => {
    await quarantined(body, 422, 'not_a_callback')
  })

  test.each([
    [{ event: 'agent.thought', status: undefined }, 'unknown'],
    [{ event: 'agent.thought', status: 'completed' }, 'completed'],
    [{ event: 'agent.failed', status: undefined }, 'failed'],
    [{ event: '💥', status: 'paused' }, 'unknown'],
    [{ event: 'workflow.completed', status: 'COMPLETED' }, 'unknown'],
    [{ event: 'workflow.completed', status: 7 }, 'unknown'],
    [{ event: 'workflow.failed', status: undefined }, 'failed'],
    [{ event: 'llm.step.completed', status: 'completed' }, 'in_progress'],
  ])('case 37: any event and any status is taken: %j', async (members, status) => {
    expect(await taken(verdict(members))).toMatchObject({ eventType: members.event, status })
  })

  test.each(['0', '-0', '42', '1.0', '1e3', '9007199254740993', '1e400', 'true', 'false'])(
    'case 38: a job_id of %s is its source text',
    async (source) => {
      const row = await taken(verdictSource('"result":1', { jobId: source }))
      expect(row).toMatchObject({ callbackId: source, externalJobId: source, payloadState: 'stored' })
    },
  )

  test.each([
    ['emoji', '🚀👩‍👩‍👧'],
    ['a path', '../../etc/passwd'],
    ['%00', 'a%00b'],
    ['line breaks', 'a\r\nb'],
    ['a right-to-left override', 'abc\u202efdp.exe'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['blanks', '  '],
    ['SQL', "'; drop table llm_callbacks; --"],
  ])('case 39: a job_id of %s is text like any other', async (_, jobId) => {
    expect(await taken(verdict({ job_id: jobId }))).toMatchObject({ callbackId: jobId, externalJobId: jobId })
  })

  test('case 39: a job_id of 900 kB is taken, clipped in the columns, and told from another by its end', async () => {
    const long = 'j'.repeat(900_000)
    const row = await taken(verdict({ job_id: `${long}a` }))
    expect(row.callbackId).toBe('j'.repeat(512))
    expect(await webhook.post(verdict({ job_id: `${long}a` }))).toMatchObject({ duplicate: true })
    expect(await webhook.post(verdict({ job_id: `${long}b` }))).toMatchObject({ duplicate: false })
    expect((await webhook.rows()).map(({ variantOf }) => variantOf)).toEqual([null, null])
  })

  test('case 39: columns are clipped at 512 code points and never inside a character', async () => {
    const long = '🚀'.repeat(600)
    const row = await taken(
      verdict({
        event: long,
        job_id: long,
        workflow_name: long,
        step_id: long,
        status: long,
        error_message: 'é'.repeat(9_000),
      }),
    )
    const clipped = '🚀'.repeat(512)
    expect(row).toMatchObject({ eventType: clipped, callbackId: clipped, workflowName: clipped, stepId: clipped })
    expect(row).toMatchObject({ status: 'unknown', errorMessage: 'é'.repeat(2_000) })
  })

  test.each([
    ['2025-12-20T10:30:00Z', '2025-12-20T10:30:00.000000Z'],
    ['2025-12-20T10:30:00', '2025-12-20T10:30:00.000000Z'],
    ['2025-12-20T10:30', '2025-12-20T10:30:00.000000Z'],
    ['2025-12-20t10:30:00z', '2025-12-20T10:30:00.000000Z'],
    ['2025-12-20 10:30:00+00:00', '2025-12-20T10:30:00.000000Z'],
    ['2025-12-20T10:30:00.123456+00:00Z', '2025-12-20T10:30:00.123456Z'],
    ['2025-12-20T10:30:00.123456+05:30Z', '2025-12-20T05:00:00.123456Z'],
    ['2025-12-20T10:30:00.1Z', '2025-12-20T10:30:00.100000Z'],
    ['2025-12-20T10:30:00.123456789Z', '2025-12-20T10:30:00.123456Z'],
    ['2025-12-20T10:30:00.9999999Z', '2025-12-20T10:30:00.999999Z'],
    ['2025-12-20T10:30:00,5Z', '2025-12-20T10:30:00.500000Z'],
    ['2025-12-20T10:30:00+0200', '2025-12-20T08:30:00.000000Z'],
    ['2025-12-20T10:30:00-11:59', '2025-12-20T22:29:00.000000Z'],
    ['2025-12-31T23:59:59.999999-23:59', '2026-01-01T23:58:59.999999Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000000Z'],
    ['  2025-12-20T10:30:00Z ', '2025-12-20T10:30:00.000000Z'],
  ])('case 40: the time %j is read', async (timestamp, eventTime) => {
    const row = await taken(verdict({ timestamp }))
    expect(row.eventTime).toBe(eventTime)
  })

  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['words', 'yesterday at noon'],
    ['infinity', 'infinity'],
    ['-infinity', '-infinity'],
    ['now', 'now'],
    ['epoch', 'epoch'],
    ['today', 'today'],
    ['allballs', 'allballs'],
    ['a number', 1e15],
    ['seconds', 1_766_226_600],
    ['digits', '1766226600'],
    ['a boolean', true],
    ['an object', { seconds: 1 }],
    ['a date alone', '2025-12-20'],
    ['an offset of 24 hours', '2025-12-20T10:30:00+24:00'],
    ['an offset of 60 minutes', '2025-12-20T10:30:00+00:60'],
    ['the year 294276', '294276-12-31T23:59:59Z'],
    ['the year 0', '0000-01-01T00:00:00Z'],
    ['before the year 1', '0001-01-01T00:00:00+00:01'],
    ['after the year 9999', '9999-12-31T23:59:59-00:01'],
    ['BC', '0044-03-15T12:00:00Z BC'],
    ['a day that is not there', '2025-02-29T00:00:00Z'],
    ['a month that is not there', '2025-13-01T00:00:00Z'],
    ['the hour 24', '2025-12-20T24:00:00Z'],
    ['the second 60', '2025-12-20T23:59:60Z'],
    ['other digits', '２０２５-12-20T10:30:00Z'],
    ['two offsets', '2025-12-20T10:30:00+00:00+00:00'],
    ['a date of RFC 5322', 'Sat, 20 Dec 2025 10:30:00 GMT'],
    ['a NUL at its end', '2025-12-20T10:30:00Z\0'],
  ])('case 40: a time that can’t be read is null and marked: %s', async (_, timestamp) => {
    expect((await webhook.post(verdict({ timestamp }))).status).toBe(200)
    const row = await webhook.row()
    expect(row.eventTime).toBeNull()
    expect(row.conditions).toContain('time_unreadable')
  })

  test.each([
    ['ten days ago', -10 * 86_400_000, true],
    ['one hour ahead', 3_600_000, true],
    ['a century ahead', 36_525 * 86_400_000, true],
    ['a minute ago', -60_000, false],
    ['a minute ahead', 60_000, false],
  ])('case 41: a time of %s is taken; far from ours it is marked', async (_, fromNowMs, isMarked) => {
    const timestamp = new Date(Date.now() + fromNowMs).toISOString()
    expect(await webhook.post(verdict({ timestamp }))).toMatchObject({ status: 200 })
    expect((await webhook.row()).conditions).toEqual(isMarked ? ['clock_skew'] : [])
  })

  test('case 41: callbacks stand in the order of their arrival, whatever their times say', async () => {
    const ids: (string | undefined)[] = []
    for (const day of ['2031-01-01', '2001-01-01', '2021-01-01', 'now']) {
      ids.push((await webhook.post(verdict({ timestamp: `${day}T00:00:00Z` }))).id)
    }
    expect((await webhook.rows()).map(({ id }) => id)).toEqual(ids)
  })

  const large: [string, () => unknown][] = [
    ['a string of a million letters', () => 'é'.repeat(500_000)],
    ['100,000 keys', () => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [index.toString(36), 1]))],
    ['300,000 elements', () => Array.from({ length: 300_000 }, (_, index) => index % 100)],
  ]
  test.each(large)('case 42: a result of %s is kept to the byte, with a short preview', async (_, result) => {
    const body = verdict({ job_id: randomUUID(), result: result() })
    expect(body.length).toBeGreaterThan(850_000)
    const row = await taken(body)
    expect(row.payloadState).toBe('stored')
    expect(row.payload?.length).toBeGreaterThan(500_000)
    expect([...row.payloadPreview].length).toBeLessThanOrEqual(200)
  })
})

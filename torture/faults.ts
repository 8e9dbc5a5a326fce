/** A change of one source file: `find` must stand in it exactly once. */
export type Patch = { file: string; find: string; replace: string }

export type Fault = {
  name: string
  /** What somebody might have written instead. */
  what: string
  /** The mode in which it does its harm soonest. */
  mode: 'embedded' | 'replicas'
  patches: readonly Patch[]
  sql: string | null
}

const recorder = 'src/lib/llm-callbacks/receive/recorder.ts'
const insertion = 'src/lib/llm-callbacks/receive/insert-callbacks.ts'
const identity = 'src/lib/llm-callbacks/receive/identity.ts'

/**
 * Mistakes that each lose, double or hide callbacks. The product holds no switch for them: they are planted into its sources
 * while it is compiled for the self-test, and a source that no longer has the place fails that compilation.
 */
export const faults: readonly Fault[] = [
  {
    name: 'acknowledge-before-commit',
    what: 'the answer is sent when the INSERT has run, and the commit follows 20 ms later',
    mode: 'embedded',
    patches: [
      {
        file: recorder,
        find: 'const client = options.isDirect ? createPipeline(db.$client) : db.$client',
        replace: 'const client = db.$client',
      },
      {
        file: insertion,
        find: 'const result = await client.query<{ id: LLMCallbackId }>(insertQuery(callbacks, options))',
        replace:
          'const own = await client.connect(); own.on("error", () => {}); await own.query("begin")\n' +
          '  const result = await own.query<{ id: LLMCallbackId }>(insertQuery(callbacks, options))',
      },
      {
        file: insertion,
        find: 'return new Set(result.rows.map((row) => row.id))',
        replace:
          'setTimeout(() => own.query("commit").catch(() => {}).finally(() => own.release()), 20)\n' +
          '  return new Set(result.rows.map((row) => row.id))',
      },
    ],
    sql: null,
  },
  {
    name: 'no-ordering-lock',
    what: 'seq is drawn without a lock, so that a smaller one can commit later; some commits take up to 20 ms longer',
    mode: 'replicas',
    patches: [],
    sql: `
      alter table llm_callbacks disable trigger llm_callbacks_take_feed_turn;
      create function take_longer() returns trigger language plpgsql as $$
      begin
        perform pg_sleep(random() * 0.02);
        return null;
      end $$;
      create trigger take_longer after insert on llm_callbacks for each statement execute function take_longer()`,
  },
  {
    name: 'asynchronous-commit',
    what: 'commits do not wait for the disk',
    mode: 'embedded',
    patches: [
      {
        file: 'src/db/client.ts',
        find: "application_name: 'callboard',",
        replace: "application_name: 'callboard', options: '-c synchronous_commit=off',",
      },
      { file: 'src/db/check-database.ts', find: "if (synchronousCommit !== 'off')", replace: 'if (true)' },
    ],
    sql: null,
  },
  {
    name: 'identity-is-job-id',
    what: 'a callback_id that is seen again is a retry, whatever it says',
    mode: 'embedded',
    patches: [
      {
        file: identity,
        find: "const named = [source, jobId ?? '', event ?? '', ...(isNamed ? (extras as string[]) : [])]",
        replace: "const named = [source, jobId ?? '']",
      },
      { file: identity, find: 'const isNamed = (jobId', replace: 'const isNamed = true; void (jobId' },
      {
        file: recorder,
        find: 'else if (first.contentDigest !== contentDigest) becomeVariant',
        replace: 'else if (false) becomeVariant',
      },
    ],
    sql: null,
  },
  {
    name: 'zero-rows-are-a-duplicate',
    what: 'an INSERT that returned no row is answered as a duplicate, without looking',
    mode: 'embedded',
    patches: [
      {
        file: recorder,
        find: 'else taken.push(entry)',
        replace: 'else answer(entry, { id, callbackId, duplicate: true })',
      },
    ],
    sql: null,
  },
]

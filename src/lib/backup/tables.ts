import { jsonbViewOf } from '../llm-callbacks/receive/jsonb-view'

/** A table whose rows go into a backup. */
export type BackupTable = Readonly<{
  name: string
  /** SQL for the order in which its rows are read, and so are written again. */
  orderBy: string
  /** SQL for about how many bytes a row takes, where rows may be long; for memory's sake. */
  bytes?: string
  /** Columns that are not copied but made again: SQL for what is kept of them, and for their value from that (row "r"). */
  derived?: Readonly<Record<string, { kept: string; remade: string }>>
}>

/** In an order in which each row comes after those that it refers to. */
export const backedUpTables: readonly BackupTable[] = [
  { name: 'auth_users', orderBy: 'created_at, id' },
  { name: 'auth_accounts', orderBy: 'created_at, id' },
  { name: 'sources', orderBy: 'slug' },
  { name: 'source_secrets', orderBy: 'source, fingerprint' },
  { name: 'source_secret_uses', orderBy: 'secret_id' },
  {
    name: 'llm_callbacks',
    orderBy: 'seq',
    bytes: 'octet_length(raw)',
    // The view says nothing that raw does not, and its text may be a hundred times longer: 1e1000 becomes a thousand digits.
    derived: {
      payload: { kept: 'payload is not null', remade: `case when r.payload = 'true' then ${jsonbViewOf('r.raw')} end` },
    },
  },
  { name: 'llm_callback_results', orderBy: 'callback_id', bytes: 'coalesce(octet_length(body), 0)' },
  { name: 'llm_callback_views', orderBy: 'callback_id, admin_user_id' },
  { name: 'llm_callback_read_marks', orderBy: 'admin_user_id' },
  { name: 'llm_callback_unviewed', orderBy: 'admin_user_id, seq' },
  { name: 'llm_callback_handled', orderBy: 'callback_id' },
  { name: 'saved_views', orderBy: 'created_at, id' },
  { name: 'llm_callback_tombstones', orderBy: 'delivery_key' },
]

/** Tables that a backup leaves out, each for its reason. A new table belongs into one of the three lists. */
export const leftOutTables: Readonly<Record<string, string>> = {
  auth_sessions: 'whoever was signed in signs in again',
  auth_verifications: 'set-up links last a day',
  auth_rate_limits: 'counters of minutes',
  auth_tries: 'counters of minutes',
  auth_known_networks: 'each is known again after one sign-in',
  source_revision: 'counted up by the restore itself',
  callboard_migrations: 'in the header; a restore runs the migrations themselves',
  llm_callback_feed: 'its epoch is renewed, for old cursors mean nothing in a restored database',
}

/** Tables that a backup leaves out because followers of the feed fill them again (src/lib/derived); a restore empties them first. */
export const rebuiltTables: readonly string[] = [
  'llm_callback_followers',
  'llm_callback_rollups',
  'llm_callback_search',
]

/** What the prefix of a left-out table says: counters and samples of a few days, of deliveries that proved nothing. */
export const leftOutPrefix = 'rejected_'

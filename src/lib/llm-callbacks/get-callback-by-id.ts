import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { isoTime } from '@/db/iso-time'
import { detailRowsMax, hexBytesMax, type LLMCallbackDetail } from './detail-schemas'
import { feedEpochExpression } from './feed/feed-epoch'
import { type HistoryRow, historyColumns, toHistoryItem } from './history-item'
import type { LLMCallbackId } from './schemas'

type Row = HistoryRow &
  Pick<LLMCallbackDetail, 'jobCallbacks' | 'variants' | 'viewers'> & {
    epoch: string
    raw: Buffer
    wholeErrorMessage: string | null
    signatureHeader: string | null
    signatureScheme: string | null
    secretId: string | null
    verifiedAt: string | null
    lastDeliveredAt: string
  }

/** Everything about one callback, as this admin sees it; null when there is none with this id. */
export async function getCallbackById(
  id: LLMCallbackId,
  userId: string,
  db: Database = database(),
): Promise<LLMCallbackDetail | null> {
  const { rows } = await db.execute<Row>(await detailStatement(id, userId, db))
  const [row] = rows
  if (!row) return null
  const payloadText = decodeUtf8(row.raw)
  return {
    ...toHistoryItem(row, row.epoch),
    errorMessage: row.wholeErrorMessage,
    payloadText,
    payloadHex: payloadText === null ? row.raw.subarray(0, hexBytesMax).toString('hex') : null,
    sha256: createHash('sha256').update(row.raw).digest('hex'),
    signature: {
      valid: row.signatureValid,
      scheme: row.signatureScheme,
      header: row.signatureHeader,
      secretId: row.secretId,
      verifiedAt: row.verifiedAt,
    },
    deliveries: { count: row.deliveryCount, firstAt: row.createdAt, lastAt: row.lastDeliveredAt },
    jobCallbacks: row.jobCallbacks,
    variants: row.variants,
    viewers: row.viewers,
  }
}

// Index: the primary keys of callbacks and views.
async function detailStatement(id: LLMCallbackId, userId: string, db: Database): Promise<SQL> {
  return sql`
    select ${historyColumns(userId)}, ${await feedEpochExpression(db)} as epoch, c.raw, c.error_message as "wholeErrorMessage", c.signature_header as "signatureHeader",
      c.signature_scheme as "signatureScheme", c.secret_id as "secretId", ${isoTime(sql`c.verified_at`)} as "verifiedAt",
      ${isoTime(sql`c.last_delivered_at`)} as "lastDeliveredAt",
      ${jobCallbacks} as "jobCallbacks", ${variantsOfFamily} as "variants", ${viewers} as "viewers"
    from llm_callbacks c
    where c.id = ${id}::uuid`
}

const jobColumns = sql`j.id, j.status, j.payload_state, j.event_type, j.step_id, j.duration_ms, j.created_at, j.seq`
const ownJobColumns = sql`c.id, c.status, c.payload_state, c.event_type, c.step_id, c.duration_ms, c.created_at, c.seq`

// Index: llm_callbacks_external_job_id_seq_idx from its end. This one is among them however many came after it.
const jobCallbacks = sql`(
  select coalesce(json_agg(
    json_build_object('id', j.id, 'status', j.status, 'payloadState', j.payload_state, 'eventType', j.event_type,
      'stepId', j.step_id, 'durationMs', j.duration_ms, 'createdAt', ${isoTime(sql`j.created_at`)})
    order by j.seq), '[]')
  from (
    (select ${jobColumns} from llm_callbacks j
      where j.external_job_id = c.external_job_id and j.source = c.source and j.seq <> c.seq
      order by j.seq desc limit ${detailRowsMax - 1})
    union all select ${ownJobColumns} where c.external_job_id is not null
  ) j)`

// Index: the primary key for the first one, llm_callbacks_variant_of_idx for its variants.
const variantsOfFamily = sql`(
  select json_agg(json_build_object('id', f.id, 'createdAt', ${isoTime(sql`f.created_at`)}) order by f.seq) from (
    select id, created_at, seq from llm_callbacks
    where id = coalesce(c.variant_of, c.id) or variant_of = coalesce(c.variant_of, c.id)
    order by seq desc limit ${detailRowsMax}
  ) f)`

// Index: the primary key of the views, by its first column, and that of the users.
const viewers = sql`(
  select coalesce(json_agg(
    json_build_object('adminUserId', w.admin_user_id, 'name', u.name, 'viewedAt', ${isoTime(sql`w.viewed_at`)})
    order by w.viewed_at), '[]')
  from (
    select admin_user_id, viewed_at from llm_callback_views
    where callback_id = c.id order by viewed_at desc limit ${detailRowsMax}
  ) w left join auth_users u on u.id = w.admin_user_id)`

/** The text that the bytes spell in UTF-8, a leading BOM aside; null when they don't. */
function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

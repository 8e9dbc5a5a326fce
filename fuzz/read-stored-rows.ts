import type { StoredRow } from './check-round'
import type { FuzzTarget } from './target'

/** Every row, with its bytes hashed by PostgreSQL itself. */
export async function readStoredRows(database: FuzzTarget['database']): Promise<StoredRow[]> {
  const { rows } = await database.query<StoredRow>(`
    select id, sha256(raw) as "rawSha256", variant_of as "variantOf", delivery_count as "deliveryCount",
      callback_id as "callbackId", payload_state as "payloadState", payload is not null as "hasPayload", conditions
    from llm_callbacks`)
  return rows
}

/** Makes the next round independent of this one. */
export async function clearStoredRows(database: FuzzTarget['database']): Promise<void> {
  await database.query('truncate llm_callbacks cascade')
}

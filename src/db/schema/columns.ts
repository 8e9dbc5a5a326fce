import { customType } from 'drizzle-orm/pg-core'

/** PostgreSQL's bytea as a Buffer, byte for byte. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
})

/** PostgreSQL's set of lexemes, as its text. */
export const tsvector = customType<{ data: string; driverData: string }>({
  dataType: () => 'tsvector',
})

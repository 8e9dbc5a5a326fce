import { customType } from 'drizzle-orm/pg-core'

/** PostgreSQL's bytea as a Buffer, byte for byte. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
})

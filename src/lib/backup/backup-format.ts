import { z } from 'zod'

/**
 * A backup is gzip'd lines of JSON: a header, a line for each row, a trailer. The rows are PostgreSQL's own text and are never
 * parsed here: a number would lose digits.
 */
const backupFormat = 'callboard-backup'
const backupVersion = 1

/** The file is no backup, is damaged, or does not fit the database; nothing was changed. The message is for a person. */
export class BackupError extends Error {
  override name = 'BackupError'
}

const headerSchema = z.object({
  format: z.literal(backupFormat),
  version: z.number(),
  createdAt: z.iso.datetime(),
  callboard: z.string(),
  /** The migrations that had been applied, by name: the schema that the rows have. */
  migrations: z.array(z.string()),
  /** The seq that the next callback would have got, in digits. */
  nextSeq: z.string().regex(/^\d+$/),
})
export type BackupHeader = z.infer<typeof headerSchema>

const trailerSchema = z.object({
  end: z.literal(backupFormat),
  rows: z.record(z.string(), z.number().int()),
  /** Of all bytes before this line, in hexadecimal. */
  sha256: z.string(),
})
type BackupTrailer = z.infer<typeof trailerSchema>

export type BackupRow = {
  table: string
  /** The row as a JSON object, as PostgreSQL wrote it. */
  json: string
}

export function headerLine(header: Omit<BackupHeader, 'format' | 'version'>): string {
  return `${JSON.stringify({ format: backupFormat, version: backupVersion, ...header } satisfies BackupHeader)}\n`
}

export function rowLine({ table, json }: BackupRow): string {
  return `{"table":"${table}","row":${json}}\n`
}

export function trailerLine(trailer: Omit<BackupTrailer, 'end'>): string {
  return `${JSON.stringify({ end: backupFormat, ...trailer } satisfies BackupTrailer)}\n`
}

/** @throws BackupError where the line begins no backup, or one that a newer Callboard made. */
export function parseHeader(line: string): BackupHeader {
  const header = headerSchema.safeParse(parseJson(line))
  if (!header.success) throw new BackupError('This is no Callboard backup.')
  if (header.data.version !== backupVersion) {
    throw new BackupError(
      `This backup has format ${header.data.version}, made by a newer Callboard; restore it with that.`,
    )
  }
  return header.data
}

/** The row on this line; null when it is none, and so should be the trailer. */
export function parseRow(line: string): BackupRow | null {
  const [, table, json] = /^\{"table":"([a-z_]+)","row":(\{.*\})\}$/s.exec(line) ?? []
  return table !== undefined && json !== undefined ? { table, json } : null
}

/** @throws BackupError */
export function parseTrailer(line: string): BackupTrailer {
  const trailer = trailerSchema.safeParse(parseJson(line))
  if (!trailer.success) throw new BackupError('The backup is damaged: a line is neither a row nor its end.')
  return trailer.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import type pg from 'pg'
import type { FuzzSecrets } from './write-request'

/** The Callboard under test, and its database: the fuzzer's own, for it is emptied over and over. */
export type FuzzTarget = {
  port: number
  secrets: FuzzSecrets
  database: Pick<pg.Pool, 'query'>
  /** Errors that the server has logged since the last call, and its end if it has come to one. */
  takeComplaints(): string[]
}

import { DatabaseError, type Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg'

/** Where a statement can be sent: a pool, one of its connections, or a pipeline. */
export type Queryable = {
  query<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>>
}

/** A connection that is taken from the pool for as long as statements are under way on it. */
type Line = { client: Promise<PoolClient>; underWay: number; failure: Error | undefined }

/**
 * Sends statements on one connection without waiting for the answers to those before, so that PostgreSQL has the next one when it is
 * done. They are carried out in the order in which they are sent, each in a transaction of its own: one that is refused takes none of
 * the others with it. Where the connection fails, all that are under way on it do, and the next one goes to another.
 * @param pool opened with `isPipelined`, or each statement waits here for the answer to the one before.
 */
export function createPipeline(pool: Pool): Queryable {
  let line: Line | null = null

  function release(done: Line): void {
    if (line === done) line = null
    // Where there was no connection to be had, whoever asked for it was told.
    done.client.then(
      (client) => client.release(done.failure),
      () => {},
    )
  }

  return {
    async query<Row extends QueryResultRow>(statement: QueryConfig) {
      if (!line || line.failure) line = { client: pool.connect(), underWay: 0, failure: undefined }
      const own = line
      own.underWay += 1
      try {
        const client = await own.client
        return await client.query<Row>(statement)
      } catch (error) {
        // What PostgreSQL itself answered leaves its connection as it was.
        if (!(error instanceof DatabaseError)) own.failure = error as Error
        throw error
      } finally {
        own.underWay -= 1
        if (own.underWay === 0) release(own)
      }
    },
  }
}

import pg from 'pg'

type ListenOptions = {
  /** Straight to PostgreSQL: a pooler in transaction mode takes LISTEN and then delivers nothing. */
  url: string
  /** Something may be new; also called after each connect, for what was missed before it. */
  onHint: () => void
  onError: (error: Error) => void
  reconnectDelayMsMin?: number
  reconnectDelayMsMax?: number
}

/**
 * Listens for the hints that recording sends, on a connection of its own, and connects again when it is lost: after 1, 2,
 * 4 ... 30 seconds. Nothing depends on a hint arriving, so every failure is only told to `onError`.
 *
 * @returns a function that stops listening
 */
export function listenToFeed(options: ListenOptions): () => void {
  const { url, onHint, onError, reconnectDelayMsMin = 1_000, reconnectDelayMsMax = 30_000 } = options
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let isStopped = false

  async function connect(): Promise<void> {
    const connection = new pg.Client({
      connectionString: url,
      application_name: 'callboard feed',
      connectionTimeoutMillis: 5_000,
      // Finds a dead peer in half a minute where the kernel's own default is two hours.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    client = connection
    connection.on('notification', onHint)
    connection.on('error', onError)
    connection.on('end', () => reconnectAfter(connection))
    try {
      await connection.connect()
      await connection.query('listen llm_callbacks')
      failures = 0
      onHint()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
      void close(connection)
      reconnectAfter(connection)
    }
  }

  // A connection ends once for two reasons at times, an error and its end; only the first counts.
  function reconnectAfter(ended: pg.Client): void {
    if (isStopped || client !== ended) return
    client = null
    const delayMs = Math.min(reconnectDelayMsMin * 2 ** failures++, reconnectDelayMsMax)
    timer = setTimeout(connect, delayMs)
  }

  void connect()
  return () => {
    isStopped = true
    clearTimeout(timer)
    if (client) void close(client)
  }
}

/** A connection that is already broken has nothing to say that was not said. */
async function close(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined)
}

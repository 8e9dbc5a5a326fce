import { type Feed, followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { getRuntime } from './runtime'

const memo: { callboardFeed?: Feed } = globalThis as typeof globalThis & { callboardFeed?: Feed }

/** The console's one follower of the feed, shared by all streams; kept on globalThis for the reason in runtime.ts. */
export function getFeed(): Feed {
  memo.callboardFeed ??= startFeed()
  return memo.callboardFeed
}

function startFeed(): Feed {
  const { db, environment, log } = getRuntime()
  return followFeed({
    db,
    directUrl: environment.databaseDirectUrl,
    onError: (error) => log.warn({ err: error }, 'the feed can not be followed for the moment'),
  })
}

import { type Feed, followFeed } from '@/lib/llm-callbacks/feed/follow-feed'
import { createStreamSlots, type StreamSlots } from '@/lib/llm-callbacks/feed/stream-slots'
import { getRuntime } from './runtime'

const memo = globalThis as typeof globalThis & { callboardFeed?: Feed; callboardStreamSlots?: StreamSlots }

/** The console's one follower of the feed, shared by all streams; kept on globalThis for the reason in runtime.ts. */
export function getFeed(): Feed {
  memo.callboardFeed ??= startFeed()
  return memo.callboardFeed
}

/** The bounds on the console's streams, shared by all of them. */
export function getStreamSlots(): StreamSlots {
  memo.callboardStreamSlots ??= createStreamSlots()
  return memo.callboardStreamSlots
}

function startFeed(): Feed {
  const { db, environment, log } = getRuntime()
  return followFeed({
    db,
    directUrl: environment.databaseDirectUrl,
    onError: (error) => log.warn({ err: error }, 'the feed can not be followed for the moment'),
  })
}

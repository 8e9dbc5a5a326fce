import {
  markCallbackAsViewed,
  markCallbacksAsHandled,
  markCallbacksAsUnhandled,
  markCallbacksAsUnviewed,
} from '@/app/actions/llm-callbacks'
import { announce } from '../../live/live-events'

/**
 * Says at once that this admin viewed, or unviewed, a callback, and takes it back where the server does not follow.
 * @returns whether it did
 */
export async function setViewed(id: string, isViewed: boolean): Promise<boolean> {
  announce({ kind: 'viewed', ids: [id], isViewed })
  try {
    if (isViewed) await markCallbackAsViewed(id)
    else await markCallbacksAsUnviewed([id])
    return true
  } catch {
    announce({ kind: 'viewed', ids: [id], isViewed: !isViewed })
    return false
  }
}

/** The same for what the team has dealt with. */
export async function setHandled(id: string, isHandled: boolean): Promise<boolean> {
  announce({ kind: 'handled', ids: [id], isHandled })
  try {
    await (isHandled ? markCallbacksAsHandled([id]) : markCallbacksAsUnhandled([id]))
    return true
  } catch {
    announce({ kind: 'handled', ids: [id], isHandled: !isHandled })
    return false
  }
}

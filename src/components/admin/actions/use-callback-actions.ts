'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  markCallbacksAsHandled,
  markCallbacksAsUnhandled,
  markCallbacksAsUnviewed,
  markCallbacksAsViewed,
  markMatchingAsViewed,
  undoMarkMatchingAsViewed,
} from '@/app/actions/llm-callbacks'
import { formatCount } from '../../format'
import { announce } from '../../live/live-events'
import { showFailure, showResult } from '../../results/results'
import { patchHandled, patchViewed } from '../history/patch-rows'
import { inBatches } from './in-batches'

const viewedAtOnceMax = 500
const handledAtOnceMax = 1_000
const noAnswer = 'The server did not answer.'

export type CallbackActions = Readonly<{
  setViewed: (ids: readonly string[], isViewed: boolean) => void
  setHandled: (ids: readonly string[], isHandled: boolean) => void
  setMatchingViewed: (matching: Matching) => void
}>

type Matching = {
  /** The filters, as the API takes them. */
  query: string
  /** Of the newest row on screen: nothing that arrived since is swallowed. */
  throughCursor: string
  /** Those on screen that are unviewed until now. */
  shownIds: readonly string[]
}

type Change = {
  /** Shows the change, before the server has it. */
  show: () => void
  /** Takes it back. */
  hide: () => void
  save: () => Promise<void>
  failure: string
}

/** Shown at once; where it can't be saved it is taken back in place, with a way to try again. */
async function change({ show, hide, save, failure }: Change): Promise<void> {
  show()
  try {
    await save()
  } catch {
    hide()
    showFailure(`${failure} ${noAnswer}`, () => void change({ show, hide, save, failure }))
  }
}

/** What a reader can do to callbacks, from any list of them. */
export function useCallbackActions(adminName: string, onHandled: OnHandled = nothing): CallbackActions {
  const queryClient = useQueryClient()
  return useMemo(() => createActions({ queryClient, adminName, onHandled }), [queryClient, adminName, onHandled])
}

/** Shows in a list of another kind that callbacks were handled, or that this was taken back. */
type OnHandled = (ids: readonly string[], isHandled: boolean) => void
const nothing: OnHandled = () => undefined

type ActionsInput = { queryClient: QueryClient; adminName: string; onHandled: OnHandled }

function createActions({ queryClient, adminName, onHandled }: ActionsInput): CallbackActions {
  function showViewed(ids: ReadonlySet<string>, viewed: boolean) {
    patchViewed(queryClient, ids, viewed)
  }
  function showHandled(ids: ReadonlySet<string>, isHandled: boolean) {
    patchHandled(queryClient, ids, { isHandled, adminName })
    onHandled([...ids], isHandled)
  }

  function setViewed(ids: readonly string[], isViewed: boolean) {
    const set = new Set(ids)
    void change({
      show: () => showViewed(set, isViewed),
      hide: () => showViewed(set, !isViewed),
      async save() {
        await inBatches(ids, viewedAtOnceMax, isViewed ? markCallbacksAsViewed : markCallbacksAsUnviewed)
        announce({ kind: 'viewed', ids, isViewed })
        if (ids.length > 1) {
          const what = isViewed ? 'marked viewed' : 'marked unviewed'
          showResult(`${formatCount(ids.length)} ${what}.`, () => setViewed(ids, !isViewed))
        }
      },
      failure: isViewed ? 'Not marked as viewed.' : 'Not marked as unviewed.',
    })
  }

  function setHandled(ids: readonly string[], isHandled: boolean) {
    const set = new Set(ids)
    void change({
      show: () => showHandled(set, isHandled),
      hide: () => showHandled(set, !isHandled),
      async save() {
        await inBatches(ids, handledAtOnceMax, isHandled ? markCallbacksAsHandled : markCallbacksAsUnhandled)
        announce({ kind: 'handled', ids, isHandled })
        if (!isHandled) showResult(`${formatCount(ids.length)} reopened.`)
        else showResult(`${formatCount(ids.length)} marked handled.`, () => setHandled(ids, false))
      },
      failure: isHandled ? 'Not marked as handled.' : 'Not reopened.',
    })
  }

  function setMatchingViewed({ query, throughCursor, shownIds }: Matching) {
    const changed = new Set(shownIds)
    void change({
      show: () => showViewed(changed, true),
      hide: () => showViewed(changed, false),
      async save() {
        const { count, isCountCapped, undo } = await markMatchingAsViewed(query, throughCursor)
        announce({ kind: 'viewed', ids: 'many', isViewed: true })
        showResult(`${formatCount(count)}${isCountCapped ? '+' : ''} marked viewed.`, () => undoMatching(undo, changed))
      },
      failure: 'Not marked as viewed.',
    })
  }

  function undoMatching(undo: string, changed: ReadonlySet<string>) {
    void change({
      show: () => showViewed(changed, false),
      hide: () => showViewed(changed, true),
      async save() {
        await undoMarkMatchingAsViewed(undo)
        announce({ kind: 'viewed', ids: 'many', isViewed: false })
        showResult('Undone.')
      },
      failure: 'Not undone.',
    })
  }
  return { setViewed, setHandled, setMatchingViewed }
}

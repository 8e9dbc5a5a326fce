import { lazy, type RefObject, Suspense, useMemo, useState } from 'react'
import { findProse } from '@/lib/json/tree/find-prose'
import type { LLMCallbackDetail as Detail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { useShortcuts } from '../keyboard/shortcuts'
import { type Payload, useJsonTree } from '../payload/use-json-tree'
import type { Viewer } from '../windows/CallbackWindows'
import { setHandled, setViewed } from '../windows/data/callback-marking'
import type { LoadingDetail } from '../windows/data/use-callback-detail'
import { copyText, type Notice } from '../windows/use-notice'
import type { CallbackWindow } from '../windows/window-state'
import { dispatchToWindows } from '../windows/window-store'
import { ConditionBadges } from './ConditionBadges'
import { DeliveriesTab } from './detail/DeliveriesTab'
import { canBeHandled, DetailFooter } from './detail/DetailFooter'
import { DetailProblem } from './detail/DetailProblem'
import { DetailSentence } from './detail/DetailSentence'
import { DetailsTab } from './detail/DetailsTab'
import { DetailTabs } from './detail/DetailTabs'
import { ErrorBlock } from './detail/ErrorBlock'
import { JobStrip } from './detail/JobStrip'
import { SignatureTab } from './detail/SignatureTab'

const PayloadTab = lazy(() => import('./detail/PayloadTab'))
const ResultTab = lazy(() => import('./detail/ResultTab'))

type DetailProps = {
  window: CallbackWindow
  loading: LoadingDetail
  viewer: Viewer
  within: RefObject<HTMLElement | null>
  notice: Notice | null
  say: (notice: Notice) => void
}

/** What a window shows of its callback: what it says first, what proves it after. */
export function LLMCallbackDetail({ window, loading, viewer, within, notice, say }: DetailProps) {
  const { detail, error, retry } = loading
  const payload = useJsonTree(detail?.payloadText)
  const [renderedAt] = useState(() => new Date().toISOString())
  const known = detail ?? window.summary
  if (!detail && error) return <DetailProblem error={error} onRetry={retry} />
  return (
    <>
      <div className="@container grid max-h-[45%] shrink-0 gap-2 overflow-y-auto px-3 py-2">
        {known && <DetailSentence callback={known} viewerId={viewer.id} renderedAt={renderedAt} />}
        {known && <Conditions callback={known} />}
        {detail?.status === 'failed' && <ErrorBlock errorMessage={detail.errorMessage} tree={payload.tree} />}
        {detail?.payloadState === 'quarantined' && detail.errorMessage !== null && (
          <p className="rounded-card border border-warning-solid/40 border-l-3 border-l-warning-solid bg-warning-subtle p-2 pl-3">
            Signed by the sender, but not readable as a callback. <bdi>{visibleText(detail.errorMessage)}</bdi>. The
            exact bytes are kept.
          </p>
        )}
        {detail && (
          <JobStrip
            callbacks={detail.jobCallbacks}
            currentId={detail.id}
            onStep={(callbackId) => dispatchToWindows({ do: 'step', key: window.key, callbackId })}
          />
        )}
      </div>
      {detail ? (
        <Loaded
          window={window}
          detail={detail}
          payload={payload}
          within={within}
          notice={notice}
          say={say}
          renderedAt={renderedAt}
        />
      ) : (
        <div aria-busy="true" className="min-h-0 flex-1" />
      )}
    </>
  )
}

function Conditions({ callback }: { callback: Parameters<typeof ConditionBadges>[0]['callback'] }) {
  return (
    <div className="flex flex-wrap gap-1.5 empty:hidden">
      <ConditionBadges callback={callback} badgesMax={Number.POSITIVE_INFINITY} />
    </div>
  )
}

type LoadedProps = Pick<DetailProps, 'window' | 'within' | 'notice' | 'say'> & {
  detail: Detail
  payload: Payload
  renderedAt: string
}

function Loaded({ window, detail, payload, within, notice, say, renderedAt }: LoadedProps) {
  const prose = useMemo(() => (payload.tree ? findProse(payload.tree) : []), [payload.tree])
  const standard = payload.isReading ? null : prose.length > 0 ? 'result' : 'payload'
  const tab = window.tab ?? standard
  const copy = (text: string, what: string) => copyText(text, what, say)
  const { toggleViewed, toggleHandled } = useMarking(detail, within, say)
  useShortcuts(
    'window',
    [
      {
        keys: 'c',
        label: 'Copy job id',
        run: () => detail.externalJobId !== null && copy(detail.externalJobId, 'Job id'),
      },
    ],
    within,
  )
  return (
    <>
      <DetailTabs
        chosen={tab ?? 'payload'}
        within={within}
        onChoose={(chosen) => dispatchToWindows({ do: 'choose', key: window.key, tab: chosen })}
      >
        <Suspense>
          {tab === 'result' && !payload.isReading && <ResultTab key={detail.id} prose={prose} onCopy={copy} />}
          {tab === 'payload' && (
            <PayloadTab key={detail.id} callback={detail} payload={payload} within={within} onCopy={copy} />
          )}
          {tab === 'signature' && <SignatureTab callback={detail} renderedAt={renderedAt} />}
          {tab === 'deliveries' && (
            <DeliveriesTab key={detail.id} callback={detail} payload={payload} renderedAt={renderedAt} />
          )}
          {tab === 'details' && <DetailsTab callback={detail} renderedAt={renderedAt} />}
        </Suspense>
      </DetailTabs>
      <DetailFooter
        callback={detail}
        notice={notice}
        onToggleHandled={() => toggleHandled(detail.handled === null)}
        onToggleViewed={() => toggleViewed(!detail.viewed)}
      />
    </>
  )
}

/** Viewed and handled, by button and by key; what the server did not take can be tried again. */
function useMarking(detail: Detail, within: RefObject<HTMLElement | null>, say: (notice: Notice) => void) {
  const notSaved = (what: string) => `Not marked as ${what}. The server did not answer.`
  async function toggleViewed(isViewed: boolean) {
    const what = isViewed ? 'viewed' : 'unviewed'
    if (await setViewed(detail.id, isViewed)) say({ text: `Marked ${what}` })
    else say({ text: notSaved(what), retry: () => void toggleViewed(isViewed) })
  }
  async function toggleHandled(isHandled: boolean) {
    const what = isHandled ? 'handled' : 'not handled'
    if (await setHandled(detail.id, isHandled)) say({ text: `Marked ${what}` })
    else say({ text: notSaved(what), retry: () => void toggleHandled(isHandled) })
  }
  useShortcuts(
    'window',
    [
      { keys: 'm', label: 'Mark viewed', run: () => void toggleViewed(true) },
      { keys: 'u', label: 'Mark unviewed', run: () => void toggleViewed(false) },
      { keys: 'e', label: 'Mark handled', run: () => canBeHandled(detail) && void toggleHandled(true) },
    ],
    within,
  )
  return { toggleViewed, toggleHandled }
}

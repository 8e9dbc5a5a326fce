import { useState } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import type { ApiError } from '../../data/fetch-json'
import type { Viewer } from '../CallbackWindows'
import { useDetail } from './detail-query'
import { useMarks, withMarks } from './marks'

export type LoadingDetail = {
  /** As it is now, with what was done to it since it was fetched. */
  detail: LLMCallbackDetail | undefined
  error: ApiError | null
  retry: () => void
}

export function useCallbackDetail(callbackId: string, viewer: Viewer): LoadingDetail {
  const { data, error, refetch } = useDetail(callbackId)
  const marks = useMarks()
  const [at] = useState(() => new Date().toISOString())
  return { detail: data && withMarks(data, marks, { viewer, at }), error, retry: () => void refetch() }
}

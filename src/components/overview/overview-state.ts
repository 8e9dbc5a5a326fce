'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { type OverviewRange, overviewRanges } from '@/lib/overview/ranges'

export const rangeNames: Record<OverviewRange, string> = {
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
}

const parsers = {
  range: parseAsStringLiteral(overviewRanges).withDefault('24h'),
  source: parseAsString,
  workflow: parseAsString,
}

/** What is shown, in the URL; what can't be read there is the standard. */
export function useOverviewState() {
  return useQueryStates(parsers, { history: 'replace' })
}

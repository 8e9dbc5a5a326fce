'use client'

import Link from 'next/link'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { PresetItem, SourceDetail } from '@/lib/sources/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { PageHeader } from '../page-header'
import { ResultLine } from '../results/ResultLine'
import { Badge } from '../ui/badge'
import { TabBar } from '../ui/tab-bar'
import { FirstCallback } from './FirstCallback'
import { SetUpSteps } from './SetUpSteps'
import { SourceDoctor } from './SourceDoctor'
import { SourceHealth } from './SourceHealth'
import { SourceSecrets } from './SourceSecrets'
import { SourceSettingsForm } from './SourceSettingsForm'
import { sourceState } from './source-state'

const tabs = ['health', 'set-up', 'secrets', 'doctor', 'settings'] as const
const tabNames = { health: 'Health', 'set-up': 'Set-up', secrets: 'Secrets', doctor: 'Doctor', settings: 'Settings' }

type SourcePageProps = {
  detail: SourceDetail
  /** Null where this version does not know it. */
  preset: PresetItem | null
  webhookUrl: string
  renderedAt: string
}

/** One source: how it fares, what to paste where, its secrets and its settings. */
export function SourcePage({ detail, preset, webhookUrl, renderedAt }: SourcePageProps) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('health'))
  const { source } = detail
  const { label, tone } = sourceState(source)
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title={
          <>
            <Link href="/sources" className="text-ink-2 hover:underline">
              Sources
            </Link>
            <span className="text-ink-3"> / </span>
            <bdi>{visibleText(source.name)}</bdi>
          </>
        }
      >
        <Badge tone={tone}>{label}</Badge>
      </PageHeader>
      <TabBar label="Parts" tabs={tabs} current={tab} onChoose={(chosen) => void setTab(chosen, { history: 'push' })}>
        {(one) => tabNames[one]}
      </TabBar>
      <div className="grid max-w-[960px] gap-6 p-4 md:p-6">
        {tab === 'health' && <SourceHealth detail={detail} renderedAt={renderedAt} />}
        {tab === 'set-up' && preset && (
          <>
            <SetUpSteps preset={preset} webhookUrl={source.settings.url ?? webhookUrl} />
            <FirstCallback slug={source.slug} isKnown={source.lastReceivedAt !== null} />
          </>
        )}
        {tab === 'secrets' && <SourceSecrets detail={detail} preset={preset} renderedAt={renderedAt} />}
        {tab === 'doctor' && <SourceDoctor slug={source.slug} renderedAt={renderedAt} />}
        {tab === 'settings' && <SourceSettingsForm source={source} preset={preset} />}
      </div>
      <ResultLine />
    </div>
  )
}

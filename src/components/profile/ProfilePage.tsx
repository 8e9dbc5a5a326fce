'use client'

import { useTheme } from 'next-themes'
import type { ReactNode } from 'react'
import type { Session } from '@/lib/admins/schemas'
import NotificationSettings from '../notifications/NotificationSettings'
import { useIsMounted } from '../overview/use-is-mounted'
import { PageHeader } from '../page-header'
import { densities } from '../preferences/densities'
import { singleKeyShortcuts } from '../preferences/single-key-shortcuts'
import { tableDensity } from '../preferences/table-density'
import { ResultLine } from '../results/ResultLine'
import { Switch } from '../ui/switch'
import { Choice } from './Choice'
import { NameForm } from './NameForm'
import { PasswordForm } from './PasswordForm'
import { Sessions } from './Sessions'

type ProfilePageProps = { name: string; email: string; sessions: readonly Session[]; renderedAt: string }

/** What belongs to whoever is signed in; the lower half is this browser's own. */
export function ProfilePage({ name, email, sessions, renderedAt }: ProfilePageProps) {
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="Profile" />
      <div className="grid max-w-[720px] grid-cols-1 gap-8 p-4 md:p-6">
        <Section title="Account">
          <NameForm name={name} email={email} />
        </Section>
        <Section title="Password">
          <PasswordForm email={email} />
        </Section>
        <Section title="Sessions">
          <Sessions sessions={sessions} renderedAt={renderedAt} />
        </Section>
        <Section title="Notification settings" hint="In this browser.">
          <NotificationSettings />
        </Section>
        <Section title="Appearance and keys" hint="In this browser.">
          <Appearance />
        </Section>
      </div>
      <ResultLine />
    </div>
  )
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-1 gap-3">
      <div>
        <h2 className="font-semibold text-form">{title}</h2>
        {hint !== undefined && <p className="text-ink-2 text-meta">{hint}</p>}
      </div>
      {children}
    </section>
  )
}

const densityNames = { compact: 'Compact', regular: 'Regular', relaxed: 'Relaxed' }
const themeNames = { system: 'System', light: 'Light', dark: 'Dark' }

function Appearance() {
  const { theme = 'system', setTheme } = useTheme()
  const isMounted = useIsMounted()
  const density = tableDensity.use()
  const hasSingleKeys = singleKeyShortcuts.use()
  return (
    <div className="grid grid-cols-1 gap-4">
      <Choice
        name="theme"
        label="Theme"
        value={isMounted ? theme : 'system'}
        options={Object.entries(themeNames)}
        onChange={setTheme}
      />
      <Choice
        name="density"
        label="Rows of tables"
        value={density}
        options={densities.map((one) => [one, densityNames[one]])}
        onChange={(value) => tableDensity.set(densities.find((one) => one === value) ?? 'regular')}
      />
      <div className="flex max-w-[420px] items-center justify-between gap-3">
        <label htmlFor="single-keys">
          Single-key shortcuts
          <span className="block text-ink-2 text-meta">Off for those who speak their input.</span>
        </label>
        <Switch id="single-keys" checked={hasSingleKeys} onCheckedChange={singleKeyShortcuts.set} />
      </div>
    </div>
  )
}

'use client'

import type { Admin, Invite } from '@/lib/admins/schemas'
import { visibleText } from '@/lib/text/visible-text'
import { Absent } from '../absent'
import { PageHeader } from '../page-header'
import { ResultLine } from '../results/ResultLine'
import { Time } from '../time'
import { Badge } from '../ui/badge'
import { AdminActions } from './AdminActions'
import { InviteButton } from './InviteButton'
import { RevokeInvite } from './RevokeInvite'

type AdminsPageProps = {
  admins: readonly Admin[]
  invites: readonly Invite[]
  /** Of whoever looks. */
  ownId: string
  renderedAt: string
}

/** Who may sign in, and who has been asked to. */
export function AdminsPage({ admins, invites, ownId, renderedAt }: AdminsPageProps) {
  const isOwner = admins.some((admin) => admin.id === ownId && admin.isOwner)
  const ownerCount = admins.filter((admin) => admin.isOwner && !admin.isRemoved).length
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="Admins">
        <div className="ml-auto">
          {isOwner ? <InviteButton /> : <p className="text-ink-2">Owners invite and remove admins.</p>}
        </div>
      </PageHeader>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label="Admins and invites">
        <table className="w-full min-w-[720px] text-left">
          <thead className="text-ink-2 text-meta">
            <tr className="border-line border-b">
              {['Name', 'E-mail', 'Role', 'Last active', 'Status'].map((head) => (
                <th
                  key={head}
                  className="px-4 py-2 font-medium first:sticky first:left-0 first:bg-canvas md:first:pl-6"
                >
                  {head}
                </th>
              ))}
              <th className="px-4 py-2 md:pr-6">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {admins.map((admin) => (
              <tr key={admin.id} className="h-11 border-line border-b">
                <th scope="row" className="sticky left-0 max-w-60 truncate bg-canvas px-4 font-medium md:pl-6">
                  <bdi>{visibleText(admin.name)}</bdi>
                  {admin.id === ownId && <span className="font-normal text-ink-2"> (you)</span>}
                </th>
                <td className="px-4">{visibleText(admin.email)}</td>
                <td className="px-4">{admin.isOwner ? 'Owner' : 'Admin'}</td>
                <td className="px-4">
                  {admin.lastActiveAt === null ? <Absent /> : <Time at={admin.lastActiveAt} renderedAt={renderedAt} />}
                </td>
                <td className="px-4">
                  <Badge tone={admin.isRemoved ? 'neutral' : 'success'}>{admin.isRemoved ? 'Removed' : 'Active'}</Badge>
                </td>
                <td className="px-4 text-right md:pr-6">
                  {isOwner && !admin.isRemoved && (
                    <AdminActions admin={admin} isLastOwner={admin.isOwner && ownerCount === 1} />
                  )}
                </td>
              </tr>
            ))}
            {invites.map((invite) => (
              <tr key={invite.id} className="h-11 border-line border-b">
                <th scope="row" className="sticky left-0 bg-canvas px-4 font-normal md:pl-6">
                  <Absent />
                </th>
                <td className="px-4">{visibleText(invite.email)}</td>
                <td className="px-4">Admin</td>
                <td className="px-4">
                  <Absent />
                </td>
                <td className="px-4">
                  <Badge tone="info">
                    Invited · expires <Time at={invite.expiresAt} renderedAt={renderedAt} />
                  </Badge>
                </td>
                <td className="px-4 text-right md:pr-6">{isOwner && <RevokeInvite invite={invite} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ResultLine />
    </div>
  )
}

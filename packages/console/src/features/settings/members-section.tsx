import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { errorText } from '../../shared/ui/error-text.ts'
import { Notice } from '../../shared/ui/notice.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { useSession } from '../session/session.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { type Role, useChangeRole, useMembers, useRemoveMember } from './members.ts'

/** Who belongs to the account. Owners invite, remove and change roles; members see. */
export function MembersSection() {
  const i18n = useI18n()
  const { t, time } = i18n
  const [isInviting, setIsInviting] = useState(false)
  const session = useSession().data
  const members = useMembers()
  const changeRole = useChangeRole()
  const remove = useRemoveMember()
  const isOwner = session?.account.role === 'owner'
  const error = changeRole.error ?? remove.error
  return (
    <Section
      title={t('settings.members')}
      action={isOwner && <Button onClick={() => setIsInviting(true)}>{t('settings.invite')}</Button>}
    >
      {error !== null && <Notice kind="bad">{errorText(error, i18n)}</Notice>}
      <QueryView query={members} skeleton={<Skeleton className="h-24" />}>
        {({ data }) => (
          <ul className="divide-y divide-line">
            {data.map((member) => (
              <li key={member.user_id} className="flex flex-wrap items-center gap-3 py-3">
                <div className="min-w-0 grow basis-48">
                  <p className="truncate font-medium">{member.name}</p>
                  <p className="truncate text-xs text-ink-faint">
                    {member.email} · {t('settings.joined', { time: time(member.joined_at, { dateStyle: 'medium' }) })}
                  </p>
                </div>
                {isOwner ? (
                  <>
                    <select
                      aria-label={t('settings.roleOf', { name: member.name })}
                      value={member.role}
                      onChange={({ target }) => changeRole.mutate({ id: member.user_id, role: target.value as Role })}
                      className="h-9 rounded-lg border border-line bg-surface px-2"
                    >
                      <option value="owner">{t('settings.role.owner')}</option>
                      <option value="member">{t('settings.role.member')}</option>
                    </select>
                    <Button look="danger" onClick={() => remove.mutate(member.user_id)}>
                      {t('settings.remove')}
                    </Button>
                  </>
                ) : (
                  <span className="text-ink-soft">{t(`settings.role.${member.role}`)}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </Section>
  )
}

import type { Link, Session } from '@clipia/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { EntryCard } from './entry-card.tsx'
import { replaceSession } from './session.ts'

/** Where a one-time link leads: who it is for becomes a member, or chooses another password. */
export function WelcomePage() {
  const { t } = useI18n()
  // Kept here and taken out of the address bar, so that it stays in no history.
  const [token] = useState(() => {
    const found = window.location.hash.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
    return found
  })
  const link = useQuery({
    queryKey: ['link', token],
    enabled: token !== '',
    retry: false,
    queryFn: () => call<Link>('POST', '/links/read', { body: { token } }),
  })
  if (token === '') return <EntryCard title="Clipia">{<Notice kind="warn">{t('welcome.noLink')}</Notice>}</EntryCard>
  if (link.data === undefined) {
    return (
      <EntryCard title="Clipia">
        <QueryView query={link} skeleton={<Skeleton className="h-64" />}>
          {() => null}
        </QueryView>
      </EntryCard>
    )
  }
  return <RedeemForm link={link.data} token={token} />
}

function RedeemForm({ link, token }: { link: Link; token: string }) {
  const i18n = useI18n()
  const { t } = i18n
  const [, navigate] = useLocation()
  const redeem = useMutation({
    mutationFn: (body: Record<string, string>) => call<Session>('POST', '/links/redeem', { body: { token, ...body } }),
    onSuccess: (session) => {
      replaceSession(session)
      navigate('/playground', { replace: true })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])
    redeem.mutate(Object.fromEntries(fields.filter(([, value]) => value !== '')))
  }
  const isJoining = link.purpose === 'join'
  const title = isJoining ? t('welcome.join', { account: link.account_name ?? '' }) : t('welcome.recover')
  const hint = isJoining
    ? t('welcome.joinHint', { role: link.role ?? 'member' })
    : t('welcome.recoverHint', { email: link.email ?? '' })
  const error = formError(redeem.error, ['email', 'name', 'password'], i18n)
  return (
    <EntryCard title={title} hint={hint}>
      <form onSubmit={submit} className="grid gap-4">
        {error && <Notice kind="bad">{error}</Notice>}
        {isJoining && link.email === null && (
          <Field label={t('session.email')} error={fieldError(redeem.error, 'email')}>
            {(ids) => <input {...ids} name="email" type="email" autoComplete="username" required className={INPUT} />}
          </Field>
        )}
        {isJoining && (
          <Field label={t('session.name')} error={fieldError(redeem.error, 'name')}>
            {(ids) => <input {...ids} name="name" autoComplete="name" maxLength={100} className={INPUT} />}
          </Field>
        )}
        <Field
          label={t('session.newPassword')}
          hint={isJoining ? `${t('session.passwordHint')} ${t('welcome.haveUser')}` : t('session.passwordHint')}
          error={fieldError(redeem.error, 'password')}
        >
          {(ids) => (
            <input
              {...ids}
              name="password"
              type="password"
              autoComplete="new-password"
              required
              maxLength={128}
              className={INPUT}
            />
          )}
        </Field>
        <Button type="submit" look="primary" isBusy={redeem.isPending}>
          {t('welcome.submit')}
        </Button>
      </form>
    </EntryCard>
  )
}

import type { Session } from '@clipia/contract'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { errorText } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { EntryCard } from './entry-card.tsx'
import { replaceSession } from './session.ts'

/** Email and password. It takes the place of every page while nobody is signed in. */
export function SignInPage() {
  const i18n = useI18n()
  const { t } = i18n
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => call<Session>('POST', '/sign-in', { body }),
    onSuccess: replaceSession,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <EntryCard title={t('session.title')}>
      <form onSubmit={submit} className="grid gap-4">
        {signIn.isError && <Notice kind="bad">{errorText(signIn.error, i18n)}</Notice>}
        <Field label={t('session.email')}>
          {(ids) => <input {...ids} name="email" type="email" autoComplete="username" required className={INPUT} />}
        </Field>
        <Field label={t('session.password')}>
          {(ids) => (
            <input
              {...ids}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              className={INPUT}
            />
          )}
        </Field>
        <Button type="submit" look="primary" isBusy={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </form>
      <p className="text-xs text-ink-faint">{t('session.lost')}</p>
    </EntryCard>
  )
}

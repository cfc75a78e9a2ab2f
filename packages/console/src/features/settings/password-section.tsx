import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { Section } from '../../shared/ui/section.tsx'

const FIELDS = ['current_password', 'new_password']

/** Another password; it ends every other session. */
export function PasswordSection() {
  const i18n = useI18n()
  const { t } = i18n
  const change = useMutation({
    mutationFn: (body: Record<string, string>) => call<void>('POST', '/session/password', { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    change.mutate(values, { onSuccess: () => form.reset() })
  }
  const error = formError(change.error, FIELDS, i18n)
  return (
    <Section title={t('settings.password')}>
      <form onSubmit={submit} className="grid max-w-sm gap-4">
        {error && <Notice kind="bad">{error}</Notice>}
        {change.isSuccess && <Notice kind="good">{t('settings.passwordChanged')}</Notice>}
        <Field label={t('settings.currentPassword')} error={fieldError(change.error, 'current_password')}>
          {(ids) => (
            <input
              {...ids}
              name="current_password"
              type="password"
              autoComplete="current-password"
              required
              className={INPUT}
            />
          )}
        </Field>
        <Field
          label={t('session.newPassword')}
          hint={t('settings.passwordHint')}
          error={fieldError(change.error, 'new_password')}
        >
          {(ids) => (
            <input
              {...ids}
              name="new_password"
              type="password"
              autoComplete="new-password"
              required
              minLength={10}
              maxLength={128}
              className={INPUT}
            />
          )}
        </Field>
        <Button type="submit" isBusy={change.isPending} className="justify-self-start">
          {t('settings.changePassword')}
        </Button>
      </form>
    </Section>
  )
}

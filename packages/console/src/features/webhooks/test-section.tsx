import type { Mode, WebhookTest } from '@clipia/contract'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { Section } from '../../shared/ui/section.tsx'

/** Sends a made-up event to a receiver, once. */
export function TestSection({ mode }: { mode: Mode }) {
  const i18n = useI18n()
  const { t } = i18n
  const test = useMutation({
    mutationFn: (url: string) => call<WebhookTest>('POST', `/${mode}/webhooks/test`, { body: { url } }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    test.mutate(String(new FormData(event.currentTarget).get('url')).trim())
  }
  const error = formError(test.error, ['url'], i18n)
  return (
    <Section title={t('webhooks.test')}>
      <p className="text-ink-soft">{t('webhooks.testHint')}</p>
      <form onSubmit={submit} className="grid gap-3">
        {error && <Notice kind="bad">{error}</Notice>}
        <Field label={t('webhooks.url')} error={fieldError(test.error, 'url')}>
          {(ids) => <input {...ids} name="url" type="url" required placeholder="https://" className={INPUT} />}
        </Field>
        <Button type="submit" isBusy={test.isPending} className="justify-self-start">
          {t('webhooks.send')}
        </Button>
      </form>
      {test.data !== undefined && (
        <Notice kind={test.data.is_delivered ? 'good' : 'bad'}>
          {test.data.is_delivered
            ? t('webhooks.taken', { status: test.data.status ?? 0, ms: test.data.latency_ms })
            : t('webhooks.notTaken', { error: test.data.error ?? '' })}
        </Notice>
      )}
    </Section>
  )
}

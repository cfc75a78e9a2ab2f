import type { Mode, WebhookSecret } from '@clipia/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { errorText } from '../../shared/ui/error-text.ts'
import { Notice } from '../../shared/ui/notice.tsx'
import { Section } from '../../shared/ui/section.tsx'

/** What webhooks of this mode are signed with: read only when it is asked for, rotated, promoted. */
export function SecretSection({ mode }: { mode: Mode }) {
  const i18n = useI18n()
  const { t, time } = i18n
  const [isShown, setIsShown] = useState(false)
  const path = `/${mode}/webhooks/secret`
  const secret = useQuery({
    queryKey: ['webhook-secret', mode],
    enabled: isShown,
    gcTime: 0,
    queryFn: ({ signal }) => call<WebhookSecret>('GET', path, { signal }),
  })
  const change = useMutation({
    mutationFn: (verb: 'rotate' | 'promote') => call<WebhookSecret>('POST', `${path}/${verb}`),
    onSuccess: (changed) => {
      queryClient.setQueryData(['webhook-secret', mode], changed)
      setIsShown(true)
    },
  })
  const error = secret.error ?? change.error
  const shown = isShown ? secret.data : undefined
  return (
    <Section title={t('webhooks.secret')}>
      <p className="text-ink-soft">{t('webhooks.secretHint')}</p>
      {error !== null && <Notice kind="bad">{errorText(error, i18n)}</Notice>}
      <SecretLine name={t('webhooks.current')} secret={shown?.secret} />
      {shown?.next_secret && (
        <SecretLine
          name={t('webhooks.next', { time: shown.next_from === null ? '' : time(shown.next_from) })}
          secret={shown.next_secret}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setIsShown(!isShown)}>{isShown ? t('webhooks.hide') : t('webhooks.reveal')}</Button>
        <Button isBusy={change.isPending} onClick={() => change.mutate('rotate')}>
          {t('webhooks.rotate')}
        </Button>
        {shown?.next_secret && (
          <Button isBusy={change.isPending} onClick={() => change.mutate('promote')}>
            {t('webhooks.promote')}
          </Button>
        )}
      </div>
    </Section>
  )
}

function SecretLine({ name, secret }: { name: string; secret: string | undefined }) {
  return (
    <div className="grid gap-1">
      <p className="text-xs text-ink-faint">{name}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 grow rounded-lg bg-sunken px-3 py-2 font-mono text-xs wrap-anywhere">
          {secret ?? 'whsec_••••••••••••••••••••••••'}
        </code>
        {secret !== undefined && <CopyButton text={secret} />}
      </div>
    </div>
  )
}

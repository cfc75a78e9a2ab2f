import type { Delivery } from '@clipia/contract'
import { useMutation } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'

const TONES = { pending: 'warn', delivered: 'good', dead: 'bad' } as const

/** Where a webhook stands. */
export function DeliveryState({ state }: Pick<Delivery, 'state'>) {
  const { t } = useI18n()
  return <Badge tone={TONES[state]}>{t(`webhooks.state.${state}`)}</Badge>
}

/** Sends a webhook again. */
export function RedeliverButton({ id }: { id: string }) {
  const { t } = useI18n()
  const [mode] = useMode()
  const redeliver = useMutation({
    mutationFn: () => call<Delivery>('POST', `/${mode}/deliveries/${id}/redeliver`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['deliveries', mode] }),
  })
  return (
    <Button isBusy={redeliver.isPending} onClick={() => redeliver.mutate()} className="justify-self-start">
      <RotateCw aria-hidden className="size-4 sm:hidden" />
      <span className="max-sm:sr-only">{t('webhooks.redeliver')}</span>
    </Button>
  )
}

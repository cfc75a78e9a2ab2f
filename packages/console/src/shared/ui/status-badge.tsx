import { useI18n } from '../i18n/i18n.tsx'
import { Badge } from './badge.tsx'

const TONES = {
  IN_QUEUE: 'neutral',
  IN_PROGRESS: 'accent',
  COMPLETED: 'good',
  FAILED: 'bad',
  CANCELED: 'warn',
} as const

/** Where a request stands. */
export function StatusBadge({ status }: { status: keyof typeof TONES }) {
  const { t } = useI18n()
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
}

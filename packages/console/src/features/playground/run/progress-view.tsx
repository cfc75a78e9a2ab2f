import type { StatusAnswer } from '@clipia/contract'
import { useEffect, useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Stage } from './stage.tsx'

interface ProgressViewProps {
  status: StatusAnswer | null
  /** Epoch milliseconds. */
  begunAt: number
  /** Of what is being made, as `16:9`; null where the input does not say. */
  ratio: string | null
  onCancel: () => void
  isCanceling: boolean
}

/** How a request that is not over stands: its place in the queue, its progress, the time so far. */
export function ProgressView({ status, begunAt, ratio, onCancel, isCanceling }: ProgressViewProps) {
  const { t } = useI18n()
  const seconds = useSecondsSince(begunAt)
  const isRunning = status?.status === 'IN_PROGRESS'
  const percent = status?.progress ?? 0
  return (
    <Stage ratio={ratio} isBusy>
      <div className="grid justify-items-center gap-4">
        <p className="text-base font-medium" aria-live="polite">
          {isRunning
            ? t('playground.running', { percent })
            : t('playground.queued', { position: status?.queue_position ?? 0 })}
        </p>
        <progress
          aria-label={t('playground.progress')}
          max={100}
          {...(isRunning && { value: percent })}
          className="h-1.5 w-64 max-w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-all"
        />
        <p className="text-ink-soft tabular-nums">{t('playground.elapsed', { seconds })}</p>
        <Button onClick={onCancel} isBusy={isCanceling}>
          {t('app.cancel')}
        </Button>
      </div>
    </Stage>
  )
}

function useSecondsSince(begunAt: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.floor((now - begunAt) / 1000))
}

import type { Result } from '@clipia/contract'
import { Link } from 'wouter'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import type { MessageName } from '../../../shared/i18n/messages-en.ts'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { Notice } from '../../../shared/ui/notice.tsx'
import { OutputView } from '../output/output-view.tsx'

/** What a reader can do about a failure, by its code. */
const ADVICE: Readonly<Record<string, MessageName>> = {
  CONTENT_REJECTED: 'playground.advice.rejected',
  INPUT_UNREACHABLE: 'playground.advice.input',
  TIMED_OUT: 'playground.advice.timedOut',
}

/** A request that is over: what it made or why not, what it cost, its id. */
export function ResultView({ result, alt }: { result: Result; alt: string }) {
  const { t, number } = useI18n()
  const { status, output, error, charged, cost, mode, request_id: id, timings, seed } = result
  return (
    <div className="grid gap-4">
      {status === 'FAILED' && (
        <Notice kind="bad">
          <p className="font-medium">{error?.message}</p>
          <p className="mt-1">{t(ADVICE[error?.code ?? ''] ?? 'playground.advice.failed')}</p>
        </Notice>
      )}
      {status === 'CANCELED' && <Notice kind="warn">{t('playground.canceled')}</Notice>}
      {output !== undefined && <OutputView output={output} alt={alt} />}
      <dl className="flex flex-wrap gap-x-6 gap-y-2 text-xs text-ink-soft">
        <Fact name={t('playground.charged')}>
          {mode === 'test'
            ? t('playground.chargedTest', { cost: number(cost) })
            : t('playground.from', { credits: charged, shown: number(charged) })}
        </Fact>
        <Fact name={t('playground.took')}>
          {t('playground.seconds', {
            seconds: number((timings.queue_ms + timings.run_ms) / 1000, { maximumFractionDigits: 1 }),
          })}
        </Fact>
        {seed !== undefined && <Fact name="seed">{seed}</Fact>}
        <Fact name={t('playground.requestId')}>
          <span className="flex items-center gap-1">
            <Link href={`/requests/${id}`} className="font-mono underline decoration-dotted underline-offset-2">
              {id}
            </Link>
            <CopyButton text={id} label={t('playground.copyId')} isSmall />
          </span>
        </Fact>
      </dl>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="mt-0.5 text-ink tabular-nums">{children}</dd>
    </div>
  )
}

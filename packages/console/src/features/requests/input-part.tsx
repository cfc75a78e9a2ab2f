import type { RequestInput } from '@clipia/contract'
import { Link } from 'wouter'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { encodeDraft } from '../playground/form/draft.ts'
import { PriceLines } from '../playground/run/price.tsx'

/** What was asked for, how its price came about, and the way to ask again. */
export function InputPart({ asked, model }: { asked: RequestInput; model: string | undefined }) {
  const { t } = useI18n()
  const isGone = Object.keys(asked.input).length === 0
  return (
    <Section title={t('requests.input')}>
      {isGone ? (
        <p className="text-ink-soft">{t('requests.deleted')}</p>
      ) : (
        <pre className="rounded-xl bg-sunken p-3 font-mono text-[13px] wrap-anywhere whitespace-pre-wrap">
          {JSON.stringify(asked.input, null, 2)}
        </pre>
      )}
      {asked.breakdown !== null && <PriceLines breakdown={asked.breakdown} />}
      {model !== undefined && !isGone && (
        <Link
          href={`/playground/${model}#${encodeDraft(asked.input)}`}
          className="justify-self-start font-medium text-accent underline underline-offset-2"
        >
          {t('playground.fork')}
        </Link>
      )}
    </Section>
  )
}

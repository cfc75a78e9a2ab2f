import type { Key } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { stateOf } from './keys.ts'

interface KeyRowProps {
  value: Key
  onChange: () => void
  onRotate: () => void
  onRevoke: () => void
}

/** One key: what it is, what it may do, when it was used. */
export function KeyRow({ value, onChange, onRotate, onRevoke }: KeyRowProps) {
  const { t, time, number } = useI18n()
  const state = stateOf(value, Date.now())
  const isActive = state === 'active'
  const facts = [
    t('keys.rate', { count: value.requests_per_minute }),
    t('keys.running', { count: value.concurrency }),
    value.budget === null
      ? t('keys.spent', { spent: number(value.spent) })
      : t('keys.spentOf', { spent: number(value.spent), budget: number(value.budget) }),
    value.quote_above === null ? null : t('keys.quoteAbove', { credits: number(value.quote_above) }),
    value.scenario === null ? null : t(`keys.scenario.${value.scenario}`),
    value.allowed_models === null ? null : value.allowed_models.join(', '),
    value.expires_at === null ? null : t('keys.until', { time: time(value.expires_at) }),
  ].filter((fact) => fact !== null)
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5">
      <div className="min-w-0 grow basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className={`font-medium ${isActive ? '' : 'text-ink-faint line-through'}`}>{value.name}</span>
          <Badge tone={value.mode === 'live' ? 'accent' : 'warn'}>{t(`mode.${value.mode}`)}</Badge>
          {!isActive && <Badge tone="bad">{t(`keys.state.${state}`)}</Badge>}
          {value.scopes.length === 1 && <Badge>{value.scopes[0] ?? ''}</Badge>}
        </p>
        <p className="mt-1 truncate font-mono text-xs text-ink-soft">{value.prefix}…</p>
      </div>
      <div className="grow basis-64 text-xs text-ink-soft">
        <p>{facts.join(' · ')}</p>
        <p className="mt-1 text-ink-faint">
          {value.last_used_at === null ? t('keys.neverUsed') : t('keys.lastUsed', { time: time(value.last_used_at) })}
        </p>
      </div>
      {isActive && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={onChange}>{t('keys.changeIt')}</Button>
          <Button onClick={onRotate}>{t('keys.rotate')}</Button>
          <Button look="danger" onClick={onRevoke}>
            {t('keys.revoke')}
          </Button>
        </div>
      )}
    </li>
  )
}

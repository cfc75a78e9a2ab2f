import { Dices } from 'lucide-react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { INPUT } from '../../../shared/ui/field.tsx'
import type { FieldProps } from './field-props.ts'

const HIGHEST_SEED = 2_147_483_647

function stepOf({ rule }: Pick<FieldProps, 'rule'>): number {
  if (rule.type === 'integer') return 1
  const span = (rule.maximum ?? 1) - (rule.minimum ?? 0)
  return span <= 2 ? 0.01 : 0.1
}

/** What a number counts, where its name tells. */
function unitOf(name: string): 'seconds' | 'fps' | 'pixels' | 'degrees' | undefined {
  if (/duration|seconds/.test(name)) return 'seconds'
  if (/(^|_)fps$/.test(name)) return 'fps'
  if (/(^|_)(width|height)$/.test(name)) return 'pixels'
  return /angle|degrees|rotation/.test(name) ? 'degrees' : undefined
}

/** A number between two bounds, set by a slider or typed. */
export function SliderField({ name, rule, value, onChange, ids }: FieldProps) {
  const { t } = useI18n()
  const step = stepOf({ rule })
  const unitName = unitOf(name)
  const unit = unitName === undefined ? undefined : t(`playground.unit.${unitName}`)
  const shown = typeof value === 'number' ? value : ''
  const read = (text: string) => onChange(text === '' ? undefined : Number(text))
  return (
    <div className="flex items-center gap-3">
      <input
        type="range"
        aria-label={name}
        tabIndex={-1}
        min={rule.minimum}
        max={rule.maximum}
        step={step}
        value={shown === '' ? (rule.minimum ?? 0) : shown}
        onChange={({ target }) => read(target.value)}
        className="min-w-0 grow accent-accent"
      />
      <div className="relative w-24 shrink-0">
        <input
          {...ids}
          type="number"
          min={rule.minimum}
          max={rule.maximum}
          step={step}
          value={shown}
          onChange={({ target }) => read(target.value)}
          className={`${INPUT} no-spinner tabular-nums ${unit === undefined ? '' : 'pr-10'}`}
        />
        {unit !== undefined && (
          <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-xs text-ink-faint">
            {unit}
          </span>
        )}
      </div>
    </div>
  )
}

/** A number without a slider; a seed can be drawn by lot. */
export function NumberField({ name, rule, value, onChange, ids }: FieldProps) {
  const { t } = useI18n()
  const highest = Math.min(rule.maximum ?? HIGHEST_SEED, HIGHEST_SEED)
  return (
    <div className="flex gap-2">
      <input
        {...ids}
        type="number"
        min={rule.minimum}
        max={rule.maximum}
        step={rule.type === 'integer' ? 1 : 'any'}
        value={typeof value === 'number' ? value : ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
        className={`${INPUT} tabular-nums`}
      />
      {name === 'seed' && (
        <Button
          aria-label={t('playground.rollSeed')}
          title={t('playground.rollSeed')}
          onClick={() => onChange(Math.floor(Math.random() * highest))}
        >
          <Dices aria-hidden className="size-4" />
        </Button>
      )}
    </div>
  )
}

/** On or off. */
export function SwitchField({ value, onChange, ids }: FieldProps) {
  return (
    <input
      {...ids}
      type="checkbox"
      role="switch"
      checked={value === true}
      aria-checked={value === true}
      onChange={({ target }) => onChange(target.checked)}
      className="relative h-6 w-11 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-white before:shadow before:transition-transform checked:bg-accent checked:before:translate-x-5"
    />
  )
}

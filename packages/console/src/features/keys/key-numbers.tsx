import type { Key } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { fieldError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { KEY_LIMITS } from './read-key-form.ts'

/** What is assumed where a limit is left empty; the others have none. */
const DEFAULTS: Readonly<Record<string, string>> = { requests_per_minute: '120', concurrency: '10' }
const HINTS = { budget: 'keys.budgetHint', quote_above: 'keys.quoteAboveHint' } as const

/** How fast a key may go and how much it may spend; filled in with those of `value`, if there is one. */
export function KeyNumbers({ error, value }: { error: unknown; value?: Key }) {
  const { t } = useI18n()
  return KEY_LIMITS.map((name) => (
    <Field
      key={name}
      label={t(`keys.${name}`)}
      hint={name in HINTS ? t(HINTS[name as keyof typeof HINTS]) : undefined}
      error={fieldError(error, name)}
    >
      {(ids) => (
        <input
          {...ids}
          name={name}
          type="number"
          min={name === 'quote_above' ? 0 : 1}
          step={1}
          required={value !== undefined && name in DEFAULTS}
          defaultValue={value?.[name] ?? ''}
          placeholder={DEFAULTS[name] ?? t('keys.noLimit')}
          className={INPUT}
        />
      )}
    </Field>
  ))
}

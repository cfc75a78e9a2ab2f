import { useI18n } from '../../shared/i18n/i18n.tsx'
import { fieldError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { KEY_LIMITS } from './read-key-form.ts'

/** What is assumed where a limit is left empty; the others have none. */
const DEFAULTS: Readonly<Record<string, string>> = { requests_per_minute: '120', concurrency: '10' }

/** How much a key may do, spend, and how long: for programs, and above all for agents that buy by themselves. */
export function KeyLimits({ error }: { error: unknown }) {
  const { t } = useI18n()
  const hints = { budget: t('keys.budgetHint'), quote_above: t('keys.quoteAboveHint') } as const
  return (
    <div className="grid items-start gap-4 border-t border-line p-4 sm:grid-cols-2">
      {KEY_LIMITS.map((name) => (
        <Field
          key={name}
          label={t(`keys.${name}`)}
          hint={name in hints ? hints[name as keyof typeof hints] : undefined}
          error={fieldError(error, name)}
        >
          {(ids) => (
            <input
              {...ids}
              name={name}
              type="number"
              min={name === 'quote_above' ? 0 : 1}
              step={1}
              placeholder={DEFAULTS[name] ?? t('keys.noLimit')}
              className={INPUT}
            />
          )}
        </Field>
      ))}
      <Field label={t('keys.expires_at')} error={fieldError(error, 'expires_at')}>
        {(ids) => <input {...ids} name="expires_at" type="datetime-local" className={INPUT} />}
      </Field>
      <Field
        label={t('keys.allowed_models')}
        hint={t('keys.allowedModelsHint')}
        error={fieldError(error, 'allowed_models')}
      >
        {(ids) => <input {...ids} name="allowed_models" placeholder="canvas-1, motion-1" className={INPUT} />}
      </Field>
    </div>
  )
}

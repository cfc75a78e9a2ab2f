import { useI18n } from '../../shared/i18n/i18n.tsx'
import { fieldError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { KeyNumbers } from './key-numbers.tsx'

/** How much a key may do, spend, and how long: for programs, and above all for agents that buy by themselves. */
export function KeyLimits({ error }: { error: unknown }) {
  const { t } = useI18n()
  return (
    <div className="grid items-start gap-4 border-t border-line p-4 sm:grid-cols-2">
      <KeyNumbers error={error} />
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

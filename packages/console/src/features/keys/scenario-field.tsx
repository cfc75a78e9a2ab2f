import { type Key, SANDBOX_SCENARIOS } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { fieldError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'

/** What the sandbox plays for a test key. */
export function ScenarioField({ error, value }: { error: unknown; value?: Key }) {
  const { t } = useI18n()
  return (
    <Field label={t('keys.scenario')} hint={t('keys.scenarioHint')} error={fieldError(error, 'scenario')}>
      {(ids) => (
        <select {...ids} name="scenario" defaultValue={value?.scenario ?? ''} className={INPUT}>
          <option value="">{t('keys.scenario.none')}</option>
          {SANDBOX_SCENARIOS.map((scenario) => (
            <option key={scenario} value={scenario}>
              {t(`keys.scenario.${scenario}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

import type { Scope } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'

const SCOPES = ['generate', 'read'] as const satisfies readonly Scope[]

/** What a key may do. */
export function ScopesField({ isWrong }: { isWrong: boolean }) {
  const { t } = useI18n()
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium">{t('keys.scopes')}</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className="flex items-center gap-2.5">
          <input type="checkbox" name="scopes" value={scope} defaultChecked className="size-4 accent-accent" />
          {t(`keys.scope.${scope}`)}
        </label>
      ))}
      {isWrong && (
        <p role="alert" className="text-xs text-bad">
          {t('keys.scopesNeeded')}
        </p>
      )}
    </fieldset>
  )
}

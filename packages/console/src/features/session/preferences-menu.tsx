import { LANGUAGES, type Language, useI18n } from '../../shared/i18n/i18n.tsx'
import { usePreference } from '../../shared/preferences/preferences.ts'

/** Language and theme. */
export function PreferencesMenu() {
  const { t, language } = useI18n()
  const [, setLanguage] = usePreference('language')
  const [theme, setTheme] = usePreference('theme')
  const select = 'h-8 min-w-0 grow basis-0 rounded-md border border-line bg-surface px-2 text-xs text-ink-soft'
  return (
    <div className="flex gap-2">
      <select
        aria-label={t('preferences.language')}
        value={language}
        onChange={(event) => setLanguage(event.target.value as Language)}
        className={select}
      >
        {Object.entries(LANGUAGES).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={t('preferences.theme')}
        value={theme ?? 'system'}
        onChange={({ target }) => setTheme(target.value === 'light' || target.value === 'dark' ? target.value : null)}
        className={select}
      >
        <option value="system">{t('preferences.system')}</option>
        <option value="light">{t('preferences.light')}</option>
        <option value="dark">{t('preferences.dark')}</option>
      </select>
    </div>
  )
}

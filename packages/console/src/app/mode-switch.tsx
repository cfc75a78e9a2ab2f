import { useMode } from '../shared/api/use-mode.ts'
import { useI18n } from '../shared/i18n/i18n.tsx'
import { Segmented } from '../shared/ui/segmented.tsx'

/** Live or test, for every page that shows what keys of one of them do. */
export function ModeSwitch() {
  const { t } = useI18n()
  const [mode, setMode] = useMode()
  const options = [
    { value: 'live', label: t('mode.live') },
    { value: 'test', label: t('mode.test') },
  ] as const
  return (
    <div className="grid gap-2 px-2">
      <Segmented label={t('mode.label')} value={mode} options={options} onChange={setMode} />
      {mode === 'test' && <p className="text-xs text-warn">{t('mode.testBanner')}</p>}
    </div>
  )
}

import { useI18n } from '../../shared/i18n/i18n.tsx'
import { listShortcuts } from '../../shared/keyboard/shortcuts.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Keys } from '../../shared/ui/keys.tsx'

/** Every key that does something on this page, and the switch for those who want none. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n()
  const [state, setState] = usePreference('shortcuts')
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {listShortcuts().map(({ keys, label }) => (
          <div key={keys} className="flex items-center justify-between gap-4">
            <dt className="text-ink-soft">{t(label)}</dt>
            <dd>
              <Keys keys={keys.split(' ').flatMap(keyNames)} />
            </dd>
          </div>
        ))}
      </dl>
      <label className="flex items-start gap-2.5 border-t border-line pt-4">
        <input
          type="checkbox"
          checked={state !== 'off'}
          onChange={({ target }) => setState(target.checked ? 'on' : 'off')}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          {t('shortcuts.on')}
          <span className="block text-xs text-ink-faint">{t('shortcuts.onHint')}</span>
        </span>
      </label>
    </Dialog>
  )
}

function keyNames(key: string): string[] {
  return key.startsWith('mod+') ? ['Ctrl/⌘', key.slice(4).toUpperCase()] : [key]
}

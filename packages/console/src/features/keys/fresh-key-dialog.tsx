import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Notice } from '../../shared/ui/notice.tsx'

/** Shows a key the only time it is ever shown. */
export function FreshKeyDialog({ fresh, onClose }: { fresh: string; onClose: () => void }) {
  const { t } = useI18n()
  return (
    <Dialog title={t('keys.freshTitle')} onClose={onClose} isSticky>
      <Notice kind="warn">{t('keys.freshWarning')}</Notice>
      <code className="block rounded-xl border border-line bg-sunken p-4 font-mono text-[13px] break-all select-all">
        {fresh}
      </code>
      <p className="text-xs text-ink-faint">
        {t('keys.freshUse')} <code className="font-mono">export CLIPIA_KEY=…</code>
      </p>
      <div className="flex justify-end gap-2">
        <CopyButton text={fresh} />
        <Button look="primary" onClick={onClose}>
          {t('keys.freshDone')}
        </Button>
      </div>
    </Dialog>
  )
}

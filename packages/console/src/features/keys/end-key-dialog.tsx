import type { Key } from '@clipia/contract'
import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import type { MessageName } from '../../shared/i18n/messages-en.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { errorText } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { type FreshKey, useRevokeKey, useRotateKey } from './keys.ts'

/** How long an old key may work after its rotation. */
const GRACES: readonly { seconds: number; label: MessageName }[] = [
  { seconds: 0, label: 'keys.grace.none' },
  { seconds: 3_600, label: 'keys.grace.hour' },
  { seconds: 86_400, label: 'keys.grace.day' },
  { seconds: 604_800, label: 'keys.grace.week' },
]

/** Asks before a key is revoked. */
export function RevokeKeyDialog({ value, onClose }: { value: Key; onClose: () => void }) {
  const i18n = useI18n()
  const { t } = i18n
  const revoke = useRevokeKey()
  return (
    <Dialog title={t('keys.revokeTitle', { name: value.name })} onClose={onClose}>
      {revoke.isError && <Notice kind="bad">{errorText(revoke.error, i18n)}</Notice>}
      <p className="text-ink-soft">{t('keys.revokeHint')}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          look="danger"
          isBusy={revoke.isPending}
          onClick={() => revoke.mutate(value.key_id, { onSuccess: onClose })}
        >
          {t('keys.revoke')}
        </Button>
      </div>
    </Dialog>
  )
}

interface RotateKeyDialogProps {
  value: Key
  onMade: (key: FreshKey) => void
  onClose: () => void
}

/** Asks how long the old key shall work before another takes its place. */
export function RotateKeyDialog({ value, onMade, onClose }: RotateKeyDialogProps) {
  const i18n = useI18n()
  const { t } = i18n
  const [graceSeconds, setGraceSeconds] = useState(86_400)
  const rotate = useRotateKey()
  return (
    <Dialog title={t('keys.rotateTitle', { name: value.name })} onClose={onClose}>
      {rotate.isError && <Notice kind="bad">{errorText(rotate.error, i18n)}</Notice>}
      <Field label={t('keys.grace')} hint={t('keys.graceHint')}>
        {(ids) => (
          <select
            {...ids}
            value={graceSeconds}
            onChange={({ target }) => setGraceSeconds(Number(target.value))}
            className={INPUT}
          >
            {GRACES.map(({ seconds, label }) => (
              <option key={seconds} value={seconds}>
                {t(label)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          look="primary"
          isBusy={rotate.isPending}
          onClick={() => rotate.mutate({ id: value.key_id, graceSeconds }, { onSuccess: onMade })}
        >
          {t('keys.rotate')}
        </Button>
      </div>
    </Dialog>
  )
}

import type { Key } from '@clipia/contract'
import type { FormEvent } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { KeyChanges } from './key-changes.tsx'
import { KeyNumbers } from './key-numbers.tsx'
import { useChangeKey } from './keys.ts'
import { KEY_LIMITS, readKeyChange } from './read-key-form.ts'
import { ScenarioField } from './scenario-field.tsx'

/** Another name, other limits or bounds, at once; and who did what to the key before. */
export function ChangeKeyDialog({ value, onClose }: { value: Key; onClose: () => void }) {
  const i18n = useI18n()
  const { t } = i18n
  const change = useChangeKey()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = readKeyChange(new FormData(event.currentTarget), value.mode)
    change.mutate({ id: value.key_id, body }, { onSuccess: onClose })
  }
  const error = formError(change.error, ['name', 'scenario', ...KEY_LIMITS], i18n)
  return (
    <Dialog title={t('keys.changeTitle', { name: value.name })} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-5">
        {error && <Notice kind="bad">{error}</Notice>}
        <Field label={t('keys.name')} error={fieldError(change.error, 'name')} isRequired>
          {(ids) => <input {...ids} name="name" required maxLength={100} defaultValue={value.name} className={INPUT} />}
        </Field>
        {value.mode === 'test' && <ScenarioField error={change.error} value={value} />}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <KeyNumbers error={change.error} value={value} />
        </div>
        <KeyChanges id={value.key_id} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" isBusy={change.isPending}>
            {t('app.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

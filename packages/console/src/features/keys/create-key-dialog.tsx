import type { Mode } from '@clipia/contract'
import { ChevronRight } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { KeyLimits } from './key-limits.tsx'
import { type FreshKey, useCreateKey } from './keys.ts'
import { KEY_LIMITS, readKeyForm } from './read-key-form.ts'
import { ScenarioField } from './scenario-field.tsx'
import { ScopesField } from './scopes-field.tsx'

const FIELDS = ['name', 'scopes', 'scenario', 'allowed_models', 'expires_at', ...KEY_LIMITS]

/** What a new key is to be: name, mode and scopes at once, limits for those who want them. */
export function CreateKeyDialog({ onMade, onClose }: { onMade: (key: FreshKey) => void; onClose: () => void }) {
  const i18n = useI18n()
  const { t } = i18n
  const [mode, setMode] = useState<Mode>(useMode()[0])
  const create = useCreateKey()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate(readKeyForm(new FormData(event.currentTarget), mode), { onSuccess: onMade })
  }
  const error = formError(create.error, FIELDS, i18n)
  return (
    <Dialog title={t('keys.create')} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-5">
        {error && <Notice kind="bad">{error}</Notice>}
        <Field label={t('keys.name')} hint={t('keys.nameHint')} error={fieldError(create.error, 'name')} isRequired>
          {(ids) => <input {...ids} name="name" required maxLength={100} className={INPUT} />}
        </Field>
        <Segmented
          label={t('mode.label')}
          value={mode}
          options={[
            { value: 'live', label: t('keys.liveLong') },
            { value: 'test', label: t('keys.testLong') },
          ]}
          onChange={setMode}
        />
        {mode === 'test' && <ScenarioField error={create.error} />}
        <ScopesField isWrong={fieldError(create.error, 'scopes') !== null} />
        <details className="group rounded-xl border border-line">
          <summary className="flex list-none items-center gap-2 px-4 py-2.5 font-medium text-ink-soft hover:text-ink">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            {t('keys.limits')}
          </summary>
          <KeyLimits error={create.error} />
        </details>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" isBusy={create.isPending}>
            {t('keys.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

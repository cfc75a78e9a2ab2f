import type { Mode, Scope } from '@clipia/contract'
import { type FormEvent, useState } from 'react'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { type FreshKey, useCreateKey, type WantedKey } from './keys.ts'

const SCOPES = ['generate', 'read'] as const satisfies readonly Scope[]
const FIELDS = ['name', 'scopes', 'requests_per_minute', 'concurrency', 'budget', 'allowed_models', 'expires_at']

/** Reads the form; what is left empty takes the server's default. */
function readForm(form: FormData, mode: Mode): WantedKey {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const number = (name: string) => (text(name) === '' ? {} : { [name]: Number(text(name)) })
  const models = text('allowed_models')
    .split(/[\s,]+/)
    .filter(Boolean)
  return {
    name: text('name'),
    mode,
    scopes: form.getAll('scopes') as Scope[],
    ...number('requests_per_minute'),
    ...number('concurrency'),
    ...number('budget'),
    ...(models.length > 0 && { allowed_models: models }),
    ...(text('expires_at') !== '' && { expires_at: new Date(text('expires_at')).toISOString() }),
  }
}

/** What a new key is to be: name and mode at once, limits for those who want them. */
export function CreateKeyDialog({ onMade, onClose }: { onMade: (key: FreshKey) => void; onClose: () => void }) {
  const i18n = useI18n()
  const { t } = i18n
  const [mode, setMode] = useState<Mode>(useMode()[0])
  const create = useCreateKey()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate(readForm(new FormData(event.currentTarget), mode), { onSuccess: onMade })
  }
  const error = formError(create.error, FIELDS, i18n)
  const numberField = (name: 'requests_per_minute' | 'concurrency' | 'budget', placeholder: string) => (
    <Field label={t(`keys.${name}`)} error={fieldError(create.error, name)}>
      {(ids) => (
        <input {...ids} name={name} type="number" min={1} step={1} placeholder={placeholder} className={INPUT} />
      )}
    </Field>
  )
  return (
    <Dialog title={t('keys.create')} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
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
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 font-medium">{t('keys.scopes')}</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="flex items-center gap-2">
              <input type="checkbox" name="scopes" value={scope} defaultChecked className="size-4 accent-accent" />
              {t(`keys.scope.${scope}`)}
            </label>
          ))}
          {fieldError(create.error, 'scopes') && <p className="text-xs text-bad">{t('keys.scopesNeeded')}</p>}
        </fieldset>
        <details className="group rounded-lg border border-line px-3 py-2">
          <summary className="font-medium text-ink-soft">{t('keys.limits')}</summary>
          <div className="grid gap-4 pt-3 sm:grid-cols-2">
            {numberField('requests_per_minute', '120')}
            {numberField('concurrency', '10')}
            {numberField('budget', t('keys.noLimit'))}
            <Field label={t('keys.expires_at')} error={fieldError(create.error, 'expires_at')}>
              {(ids) => <input {...ids} name="expires_at" type="datetime-local" className={INPUT} />}
            </Field>
            <div className="sm:col-span-2">
              <Field
                label={t('keys.allowed_models')}
                hint={t('keys.allowedModelsHint')}
                error={fieldError(create.error, 'allowed_models')}
              >
                {(ids) => <input {...ids} name="allowed_models" placeholder="canvas-1, motion-1" className={INPUT} />}
              </Field>
            </div>
          </div>
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

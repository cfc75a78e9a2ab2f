import type { FormEvent } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { fieldError, formError } from '../../shared/ui/error-text.ts'
import { Field, INPUT } from '../../shared/ui/field.tsx'
import { Notice } from '../../shared/ui/notice.tsx'
import { type Role, useInvite } from './members.ts'

/** Makes an invitation and shows its link, once, to be sent by the one who invites. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const i18n = useI18n()
  const { t, time } = i18n
  const invite = useInvite()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    invite.mutate({ email: String(form.get('email')), role: String(form.get('role')) as Role })
  }
  if (invite.data !== undefined) {
    return (
      <Dialog title={t('settings.inviteMade')} onClose={onClose} isSticky>
        <Notice kind="warn">{t('settings.inviteHint', { time: time(invite.data.expires_at) })}</Notice>
        <code className="block rounded-lg bg-sunken p-3 font-mono text-[13px] break-all select-all">
          {invite.data.url}
        </code>
        <div className="flex justify-end gap-2">
          <CopyButton text={invite.data.url} />
          <Button look="primary" onClick={onClose}>
            {t('app.close')}
          </Button>
        </div>
      </Dialog>
    )
  }
  const error = formError(invite.error, ['email'], i18n)
  return (
    <Dialog title={t('settings.invite')} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        {error && <Notice kind="bad">{error}</Notice>}
        <Field label={t('session.email')} error={fieldError(invite.error, 'email')}>
          {(ids) => <input {...ids} name="email" type="email" required className={INPUT} />}
        </Field>
        <Field label={t('settings.role')} hint={t('settings.roleHint')}>
          {(ids) => (
            <select {...ids} name="role" defaultValue="member" className={INPUT}>
              <option value="member">{t('settings.role.member')}</option>
              <option value="owner">{t('settings.role.owner')}</option>
            </select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" isBusy={invite.isPending}>
            {t('settings.invite')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

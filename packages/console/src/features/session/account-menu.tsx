import type { Session } from '@clipia/contract'
import { LogOut } from 'lucide-react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { useSignOut, useSwitchAccount } from './session.ts'

/** Who is signed in and where, with the way to another account and out. */
export function AccountMenu({ session }: { session: Session }) {
  const { t } = useI18n()
  const signOut = useSignOut()
  const switchAccount = useSwitchAccount()
  const { user, account, accounts } = session
  return (
    <div className="grid gap-2">
      {accounts.length > 1 && (
        <select
          aria-label={t('session.account')}
          value={account.account_id}
          onChange={({ target }) => switchAccount.mutate(target.value)}
          className="h-8 min-w-0 rounded-md border border-line bg-surface px-2 text-xs"
        >
          {accounts.map(({ account_id, name }) => (
            <option key={account_id} value={account_id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <div className="flex items-center justify-between gap-2">
        <div className="min-w-0 text-xs">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-ink-faint">{accounts.length > 1 ? user.email : account.name}</p>
        </div>
        <Button
          look="quiet"
          aria-label={t('session.signOut')}
          title={t('session.signOut')}
          onClick={() => signOut.mutate()}
        >
          <LogOut aria-hidden className="size-4" />
        </Button>
      </div>
    </div>
  )
}

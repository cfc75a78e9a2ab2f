import type { Key } from '@clipia/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { ChangeKeyDialog } from './change-key-dialog.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { RevokeKeyDialog, RotateKeyDialog } from './end-key-dialog.tsx'
import { FreshKeyDialog } from './fresh-key-dialog.tsx'
import { KeyRow } from './key-row.tsx'
import { type FreshKey, stateOf, useKeys } from './keys.ts'

/** What is open over the page. */
type Open =
  | { kind: 'create' }
  | { kind: 'fresh'; fresh: FreshKey }
  | { kind: 'change' | 'rotate' | 'revoke'; value: Key }
  | null

/** The API keys of the account: made, shown once, rotated, revoked. Keys that work come first. */
export function KeysPage() {
  const { t } = useI18n()
  const [open, setOpen] = useState<Open>(null)
  const keys = useKeys()
  const close = () => setOpen(null)
  const showFresh = (fresh: FreshKey) => setOpen({ kind: 'fresh', fresh })
  const create = (
    <Button look="primary" onClick={() => setOpen({ kind: 'create' })}>
      <Plus aria-hidden className="size-4" />
      {t('keys.create')}
    </Button>
  )
  return (
    <Page title={t('nav.keys')} lead={t('keys.lead')} actions={create}>
      <QueryView query={keys} skeleton={<Skeleton className="h-64" />}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('keys.none')} hint={t('keys.noneHint')} action={create} />
          ) : (
            <ul className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-xs">
              {inOrder(data).map((value) => (
                <KeyRow
                  key={value.key_id}
                  value={value}
                  onChange={() => setOpen({ kind: 'change', value })}
                  onRotate={() => setOpen({ kind: 'rotate', value })}
                  onRevoke={() => setOpen({ kind: 'revoke', value })}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {open?.kind === 'create' && <CreateKeyDialog onMade={showFresh} onClose={close} />}
      {open?.kind === 'fresh' && <FreshKeyDialog fresh={open.fresh.key} onClose={close} />}
      {open?.kind === 'change' && <ChangeKeyDialog value={open.value} onClose={close} />}
      {open?.kind === 'rotate' && <RotateKeyDialog value={open.value} onMade={showFresh} onClose={close} />}
      {open?.kind === 'revoke' && <RevokeKeyDialog value={open.value} onClose={close} />}
    </Page>
  )
}

function inOrder(keys: readonly Key[]): Key[] {
  const now = Date.now()
  const rank = (key: Key) => (stateOf(key, now) === 'active' ? 0 : 1)
  return [...keys].sort((left, right) => rank(left) - rank(right) || (left.created_at < right.created_at ? 1 : -1))
}

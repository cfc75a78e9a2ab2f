import type { KeyChange } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'

/** What was done to a key, by whom and when. */
export function KeyChanges({ id }: { id: string }) {
  const { t, time } = useI18n()
  const changes = useQuery({
    queryKey: ['keys', id, 'changes'],
    queryFn: ({ signal }) => call<{ data: KeyChange[] }>('GET', `/keys/${id}/changes`, { signal }),
  })
  const rows = changes.data?.data ?? []
  if (rows.length === 0) return null
  return (
    <section aria-label={t('keys.changes')} className="grid gap-2 border-t border-line pt-4">
      <h3 className="font-medium">{t('keys.changes')}</h3>
      <ul className="grid max-h-40 gap-1.5 overflow-y-auto text-xs text-ink-soft">
        {rows.map((row) => (
          <li key={`${row.created_at} ${row.kind}`}>
            {t('keys.change', {
              what: t(`keys.change.${row.kind}`),
              time: time(row.created_at),
              who: row.changed_by ?? t('keys.operator'),
            })}
            {row.changes.map(({ field, before, after }) => (
              <span key={field} className="block pl-3 font-mono text-ink-faint">
                {field}: {String(before ?? '–')} → {String(after ?? '–')}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

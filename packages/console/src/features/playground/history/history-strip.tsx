import type { Mode, RequestEntry, RequestInput } from '@clipia/contract'
import { call } from '../../../shared/api/call.ts'
import { rowsOf } from '../../../shared/api/pages.ts'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { thumbnailOf, useRequests } from '../../requests/requests.ts'
import type { Draft } from '../form/draft.ts'
import { typeIconOf } from '../type-icon.ts'

const MOST_SHOWN = 12

interface HistoryStripProps {
  mode: Mode
  model: { slug: string; type: string }
  shownId: string | null
  /** Shows a run, and puts its inputs into the form. */
  onOpen: (id: string, draft: Draft) => void
}

/** The latest runs of this model: one click shows it and takes its inputs, to run again or from there. */
export function HistoryStrip({ mode, model, shownId, onOpen }: HistoryStripProps) {
  const { t } = useI18n()
  const requests = useRequests(mode, { status: '', model: model.slug }, MOST_SHOWN)
  const rows = requests.data === undefined ? [] : rowsOf(requests.data).slice(0, MOST_SHOWN)
  if (rows.length === 0) return null
  const open = async (id: string) => {
    const { input } = await call<RequestInput>('GET', `/${mode}/requests/${id}/input`)
    onOpen(id, input)
  }
  return (
    <section aria-label={t('playground.history')} className="grid gap-2">
      <h2 className="text-xs font-medium text-ink-faint">{t('playground.history')}</h2>
      <ul className="-m-1 flex gap-2 overflow-x-auto p-1">
        {rows.map((row) => (
          <li key={row.request_id}>
            <button
              type="button"
              aria-pressed={row.request_id === shownId}
              title={t('playground.fork')}
              onClick={() => void open(row.request_id)}
              className="grid size-18 shrink-0 place-items-center overflow-hidden rounded-xl border border-line bg-sunken text-ink-faint transition-colors hover:border-accent aria-pressed:border-2 aria-pressed:border-accent"
            >
              <Picture row={row} type={model.type} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Picture({ row, type }: { row: RequestEntry; type: string }) {
  const { t } = useI18n()
  const url = thumbnailOf(row)
  const label = t(`status.${row.status}`)
  if (url !== null) return <img src={url} alt={label} loading="lazy" className="size-full object-cover" />
  if (row.output?.video !== undefined) {
    return (
      <video
        src={row.output.video.url}
        aria-label={label}
        preload="metadata"
        muted
        className="size-full object-cover"
      />
    )
  }
  if (row.status !== 'COMPLETED') return <span className="px-1 text-center text-[11px] leading-tight">{label}</span>
  const Icon = typeIconOf(type)
  return <Icon aria-label={label} className="size-5" />
}

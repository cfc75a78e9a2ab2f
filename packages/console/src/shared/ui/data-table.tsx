import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useShortcuts } from '../keyboard/shortcuts.ts'

/** A column: its name, and what stands in it for a row. */
export interface Column<Row> {
  id: string
  head: string
  /** Classes of its cells and of its head, such as one that hides it on narrow screens. */
  className?: string
  cell: (row: Row) => ReactNode
}

interface DataTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Where the list goes on: read when its end comes into sight. */
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** Height of a row, in rem: the same for all, so that nothing jumps. */
const ROW_REM = 3
/** Rows drawn beyond what is seen. */
const OVERSCAN = 12

function rem(count: number): number {
  return count * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/**
 * A long table, of which only the rows in sight are drawn; more are read as one scrolls. `j` and `k` move the focus
 * along the links of its rows.
 */
export function DataTable<Row>({ label, columns, rows, keyOf, more }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rem(ROW_REM),
    overscan: OVERSCAN,
    scrollMargin: top,
    // The head stays in sight above the rows.
    scrollPaddingStart: rem(ROW_REM),
    scrollPaddingEnd: rem(1),
  })
  const items = virtualizer.getVirtualItems()
  const focusRow = useRowFocus(body, rows.length, (index) => virtualizer.scrollToIndex(index))
  useShortcuts([
    { keys: 'j', label: 'shortcuts.nextRow', run: () => focusRow(1) },
    { keys: 'k', label: 'shortcuts.previousRow', run: () => focusRow(-1) },
  ])
  const lastSeen = items.at(-1)?.index ?? -1
  const isAtEnd = lastSeen >= rows.length - 1 - OVERSCAN / 2
  useEffect(() => {
    if (isAtEnd && more?.hasNextPage && !more.isFetchingNextPage) void more.fetchNextPage()
  }, [isAtEnd, more])

  const before = items[0] === undefined ? 0 : items[0].start - top
  const after = items.length === 0 ? 0 : virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top)
  return (
    <section aria-label={label} className="rounded-2xl border border-line bg-surface shadow-xs">
      <table className="w-full text-left" aria-rowcount={more?.hasNextPage ? -1 : rows.length + 1}>
        <thead>
          <tr className="text-xs text-ink-faint">
            {columns.map(({ id, head, className = '' }) => (
              <th
                key={id}
                scope="col"
                className={`sticky top-0 z-10 border-b border-line bg-surface px-2 py-2.5 font-medium first:rounded-tl-2xl first:pl-4 last:rounded-tr-2xl last:pr-4 sm:px-4 sm:whitespace-nowrap ${className}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Gap height={before} />
          {items.map(({ index }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <tr
                key={keyOf(row)}
                data-index={index}
                aria-rowindex={index + 2}
                className="h-12 border-line not-last:border-b focus-within:bg-sunken hover:bg-sunken"
              >
                {columns.map(({ id, cell, className = '' }) => (
                  <td
                    key={id}
                    className={`px-2 py-1 align-middle first:pl-4 last:pr-4 sm:px-4 sm:whitespace-nowrap ${className}`}
                  >
                    {cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </section>
  )
}

/** The place of rows that are not drawn. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  )
}

/** Moves the focus to the link of another row, bringing it into sight first. */
function useRowFocus(
  body: React.RefObject<HTMLElement | null>,
  count: number,
  scrollTo: (index: number) => void,
): (step: 1 | -1) => void {
  const [wanted, setWanted] = useState<number | null>(null)
  useEffect(() => {
    const link = wanted === null ? null : body.current?.querySelector<HTMLElement>(`[data-index="${wanted}"] a`)
    if (!link) return
    link.focus({ preventScroll: true })
    setWanted(null)
  })
  return (step) => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index
    const next = focused === undefined ? 0 : Math.min(count - 1, Math.max(0, Number(focused) + step))
    scrollTo(next)
    setWanted(next)
  }
}

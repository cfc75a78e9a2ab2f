import { Skeleton } from './query-view.tsx'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The place of a table that is still to come. */
export function TableSkeleton() {
  return (
    <div className="rounded-2xl border border-line bg-surface">
      <div className="h-10 border-b border-line" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-12 items-center gap-6 border-line px-4 not-last:border-b">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="h-4 grow" />
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  )
}

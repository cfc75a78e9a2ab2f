import type { ReactNode } from 'react'

/** What stands where there is nothing yet: what would be here, and how to get it. */
export function Empty({ title, hint, action }: { title: string; hint: string; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-dashed border-line-strong px-6 py-14 text-center">
      <p className="text-base font-medium">{title}</p>
      <p className="max-w-md text-ink-soft">{hint}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}

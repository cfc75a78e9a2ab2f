import type { ReactNode } from 'react'

/** One aspect of a request. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-3 rounded-2xl border border-line bg-surface p-5">
      <h2 className="font-semibold tracking-tight">{title}</h2>
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'

/** A table; on narrow screens its cells wrap, and only then does it scroll sideways. */
export function Table({ label, head, children }: { label: string; head: readonly string[]; children: ReactNode }) {
  return (
    <section aria-label={label} className="overflow-x-auto rounded-2xl border border-line bg-surface">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            {head.map((name) => (
              <th
                key={name}
                scope="col"
                className="px-2 py-2.5 font-medium whitespace-nowrap max-sm:nth-[5]:hidden sm:px-4"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  )
}

/** The look of a cell. */
export const CELL = 'px-2 py-2.5 align-middle whitespace-nowrap max-sm:nth-[5]:hidden sm:px-4'

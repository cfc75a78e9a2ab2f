import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const KINDS = {
  bad: { icon: CircleAlert, look: 'bg-bad-soft text-bad' },
  warn: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  good: { icon: CircleCheck, look: 'bg-good-soft text-good' },
} as const

/** A remark above what it is about. Errors are read out at once. */
export function Notice({ kind, children }: { kind: keyof typeof KINDS; children: ReactNode }) {
  const { icon: Icon, look } = KINDS[kind]
  return (
    <div role={kind === 'bad' ? 'alert' : 'status'} className={`flex items-start gap-2 rounded-lg px-3 py-2 ${look}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  )
}

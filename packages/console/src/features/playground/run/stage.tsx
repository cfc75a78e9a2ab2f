import type { ReactNode } from 'react'

interface StageProps {
  /** As `16:9`; default that. */
  ratio?: string | null
  /** Moves a little, so that one sees that something is being made. */
  isBusy?: boolean
  children: ReactNode
}

/** Where what is made appears: as large as it will be, so that nothing jumps when it comes. */
export function Stage({ ratio = null, isBusy = false, children }: StageProps) {
  return (
    <div
      className={`relative isolate mx-auto grid max-h-[65dvh] min-h-64 w-full place-items-center overflow-hidden rounded-2xl border border-line bg-sunken p-6 text-center ${isBusy ? 'stage-busy' : ''}`}
      style={{ aspectRatio: (ratio ?? '16:9').replace(':', ' / ') }}
    >
      {children}
    </div>
  )
}

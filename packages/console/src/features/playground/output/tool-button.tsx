import type { ReactNode } from 'react'

interface ToolButtonProps {
  /** Read out, and shown when it is pointed at. */
  label: string
  /** Whether it is on; none for one that only does something. */
  isPressed?: boolean
  onPress: () => void
  children: ReactNode
}

/** A small button on dark ground, beside a film or a picture. */
export function ToolButton({ label, isPressed, onPress, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onPress}
      className="grid h-8 min-w-8 place-items-center rounded-md hover:bg-white/15 focus-visible:outline-white aria-pressed:text-white aria-[pressed=false]:text-white/60"
    >
      {children}
    </button>
  )
}

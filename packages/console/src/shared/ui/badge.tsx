const TONES = {
  neutral: 'bg-sunken text-ink-soft',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  accent: 'bg-accent-soft text-accent',
} as const

/** A word in a small colored box. */
export function Badge({ tone = 'neutral', children }: { tone?: keyof typeof TONES; children: string }) {
  return (
    <span
      className={`inline-flex items-center rounded-md px-1.5 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}

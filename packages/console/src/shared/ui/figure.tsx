/** A number that matters, with its name; inside a `dl`. */
export function Figure({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div className="rounded-2xl border border-line bg-surface p-5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums">{value}</dd>
      {hint !== undefined && <dd className="mt-0.5 text-xs text-ink-faint">{hint}</dd>}
    </div>
  )
}

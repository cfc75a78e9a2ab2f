/** Keys to press, one after another or together. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded-md border border-line-strong bg-surface px-1.5 py-0.5 text-center font-sans text-[11px] leading-4 text-ink-soft"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}

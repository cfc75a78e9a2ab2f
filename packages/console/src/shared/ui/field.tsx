import { type ReactNode, useId } from 'react'

/** What ties an input to its label, hint and error. */
export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

interface FieldProps {
  label: string
  /** The name the API has for it, shown beside the label. */
  code?: string
  hint?: ReactNode
  error?: string | null | undefined
  isRequired?: boolean
  children: (ids: FieldIds) => ReactNode
}

/** A labelled input with its hint and, when something is wrong with it, why. */
export function Field({ label, code, hint, error, isRequired, children }: FieldProps) {
  const id = useId()
  const hasNote = Boolean(error ?? hint)
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
          {isRequired && (
            <span aria-hidden className="text-bad">
              {' *'}
            </span>
          )}
        </label>
        {code !== undefined && (
          <code aria-hidden className="truncate font-mono text-[11px] text-ink-faint">
            {code}
          </code>
        )}
      </div>
      {children({
        id,
        'aria-describedby': hasNote ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hasNote && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={`text-xs ${error ? 'text-bad' : 'text-ink-faint'}`}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  )
}

/** The look of every text input. */
export const INPUT =
  'w-full min-h-9 rounded-lg border border-line-strong bg-surface px-3 py-1.5 text-ink shadow-xs transition-colors placeholder:text-ink-faint hover:border-ink-faint aria-invalid:border-bad'

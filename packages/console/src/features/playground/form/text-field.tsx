import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { INPUT } from '../../../shared/ui/field.tsx'
import type { FieldProps } from './field-props.ts'

/** Texts longer than this get more than one line. */
const LONG_TEXT = 300

/** A text: grows with what is written, and counts down near its limit. */
export function TextField({ name, rule, value, onChange, ids }: FieldProps) {
  const { t, number } = useI18n()
  const text = typeof value === 'string' ? value : ''
  const most = rule.max_length
  const length = [...text].length
  const isMain = rule.required || name === 'prompt'
  const isNearLimit = most !== undefined && length > most * 0.8
  if (most !== undefined && most <= LONG_TEXT) {
    return <input {...ids} value={text} onChange={({ target }) => onChange(target.value)} className={INPUT} />
  }
  return (
    <div className="relative">
      <textarea
        {...ids}
        rows={1}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className={`${INPUT} field-sizing-content max-h-96 resize-y leading-relaxed ${isMain ? 'min-h-28' : ''}`}
      />
      {isNearLimit && (
        <p className={`mt-1 text-right text-xs tabular-nums ${length > most ? 'text-bad' : 'text-ink-faint'}`}>
          {t('playground.characters', { length: number(length), most: number(most) })}
        </p>
      )}
    </div>
  )
}

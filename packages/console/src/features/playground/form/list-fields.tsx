import { useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { INPUT } from '../../../shared/ui/field.tsx'
import type { FieldProps } from './field-props.ts'

/** A list of texts, one a line. */
export function TextListField({ value, onChange, ids }: FieldProps) {
  const lines = Array.isArray(value) ? value.map(String) : []
  const [text, setText] = useState(lines.join('\n'))
  return (
    <textarea
      {...ids}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        onChange(target.value.split('\n').filter((line) => line.trim() !== ''))
      }}
      className={`${INPUT} field-sizing-content min-h-20 resize-y`}
    />
  )
}

/** Free JSON; what is not JSON yet is kept on screen and left out of the input. */
export function JsonField({ value, onChange, ids }: FieldProps) {
  const { t } = useI18n()
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [isWrong, setIsWrong] = useState(false)
  const change = (typed: string) => {
    setText(typed)
    try {
      onChange(typed.trim() === '' ? undefined : JSON.parse(typed))
      setIsWrong(false)
    } catch {
      setIsWrong(true)
    }
  }
  return (
    <>
      <textarea
        {...ids}
        aria-invalid={isWrong || ids['aria-invalid']}
        value={text}
        spellCheck={false}
        onChange={({ target }) => change(target.value)}
        className={`${INPUT} field-sizing-content min-h-20 resize-y font-mono text-[13px]`}
      />
      {isWrong && (
        <p role="alert" className="text-xs text-bad">
          {t('playground.notJson')}
        </p>
      )}
    </>
  )
}

import { INPUT } from '../../../shared/ui/field.tsx'
import type { FieldProps } from './field-props.ts'

const OPTION =
  'rounded-lg border border-line-strong bg-surface px-3 text-ink-soft has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent'

/** A few options side by side. */
export function ChoiceField({ name, rule, value, onChange, ids }: FieldProps) {
  return (
    <div id={ids.id} role="radiogroup" aria-describedby={ids['aria-describedby']} className="flex flex-wrap gap-2">
      {rule.enum?.map((option) => (
        <label key={option} className={`${OPTION} grid h-9 cursor-pointer place-items-center`}>
          <input
            type="radio"
            name={name}
            checked={value === option}
            onChange={() => onChange(option)}
            className="sr-only"
          />
          {String(option)}
        </label>
      ))}
    </div>
  )
}

/** Many options, one under another. */
export function SelectField({ rule, value, onChange, ids }: FieldProps) {
  const options = rule.enum ?? []
  const index = options.indexOf(value as string | number)
  return (
    <select
      {...ids}
      value={index === -1 ? '' : index}
      onChange={({ target }) => onChange(target.value === '' ? undefined : options[Number(target.value)])}
      className={INPUT}
    >
      {(index === -1 || rule.default === undefined) && <option value="" />}
      {options.map((option, position) => (
        <option key={option} value={position}>
          {String(option)}
        </option>
      ))}
    </select>
  )
}

/** The longer side of a drawn ratio, in pixels. */
const RATIO_SIZE = 22

/** Ratios of width to height, each drawn. */
export function RatioField({ name, rule, value, onChange, ids }: FieldProps) {
  return (
    <div id={ids.id} role="radiogroup" aria-describedby={ids['aria-describedby']} className="flex flex-wrap gap-2">
      {rule.enum?.map((option) => {
        const [width = 1, height = 1] = String(option).split(':').map(Number)
        const longer = Math.max(width, height)
        return (
          <label
            key={option}
            className={`${OPTION} grid h-16 min-w-14 cursor-pointer grid-rows-[1fr_auto] place-items-center py-1.5`}
          >
            <input
              type="radio"
              name={name}
              checked={value === option}
              onChange={() => onChange(value === option ? undefined : option)}
              className="sr-only"
            />
            <svg aria-hidden="true" width={RATIO_SIZE} height={RATIO_SIZE} viewBox={`0 0 ${RATIO_SIZE} ${RATIO_SIZE}`}>
              <rect
                x={(RATIO_SIZE - (RATIO_SIZE * width) / longer) / 2 + 1}
                y={(RATIO_SIZE - (RATIO_SIZE * height) / longer) / 2 + 1}
                width={(RATIO_SIZE * width) / longer - 2}
                height={(RATIO_SIZE * height) / longer - 2}
                rx="2"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
              />
            </svg>
            <span className="text-xs tabular-nums">{String(option)}</span>
          </label>
        )
      })}
    </div>
  )
}

import type { ModelDetail, ParameterDescriptor } from '@clipia/contract'
import type { ComponentType } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Field } from '../../../shared/ui/field.tsx'
import { ChoiceField, RatioField, SelectField } from './choice-fields.tsx'
import { type Draft, shownValue, withField } from './draft.ts'
import type { FieldProps } from './field-props.ts'
import { type FieldKind, kindOf } from './kind-of.ts'
import { JsonField, TextListField } from './list-fields.tsx'
import { MediaField, MediaListField } from './media-field.tsx'
import { NumberField, SliderField, SwitchField } from './number-fields.tsx'
import { TextField } from './text-field.tsx'

const EDITORS: Readonly<Record<FieldKind, ComponentType<FieldProps>>> = {
  ratio: RatioField,
  choice: ChoiceField,
  select: SelectField,
  slider: SliderField,
  number: NumberField,
  switch: SwitchField,
  text: TextField,
  media: MediaField,
  'media-list': MediaListField,
  'text-list': TextListField,
  json: JsonField,
}

interface InputFormProps {
  model: ModelDetail
  draft: Draft
  onChange: (draft: Draft) => void
  /** What is wrong with a field, by the server's word, else null. */
  errorOf: (name: string) => string | null
}

/** The form of a model, made from its input schema alone. */
export function InputForm({ model, draft, onChange, errorOf }: InputFormProps) {
  const i18n = useI18n()
  return (
    <div className="grid gap-5">
      {Object.entries(model.input_schema).map(([name, rule]) => {
        const Editor = EDITORS[kindOf(rule)]
        return (
          <Field
            key={name}
            label={labelOf(name)}
            code={name}
            hint={hintOf(rule, i18n)}
            error={errorOf(name)}
            isRequired={rule.required}
          >
            {(ids) => (
              <Editor
                name={name}
                rule={rule}
                value={shownValue(draft, name, rule)}
                onChange={(value) => onChange(withField(draft, name, value))}
                ids={ids}
              />
            )}
          </Field>
        )
      })}
    </div>
  )
}

/** The name of a field for people: `aspect_ratio` is `Aspect ratio`. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').replace(/ url(s?)$/, (_, many) => (many === 's' ? 's' : ''))
  return words.length <= 3 ? words.toUpperCase() : words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a field does, and its limits. */
function hintOf(rule: ParameterDescriptor, { t, number }: ReturnType<typeof useI18n>): string {
  const { description, minimum, maximum, max_items: items, enum: options } = rule
  const limits =
    options === undefined && minimum !== undefined && maximum !== undefined
      ? t('playground.range', { least: number(minimum), most: number(maximum) })
      : items !== undefined
        ? t('playground.upTo', { count: items })
        : null
  return [description, limits].filter(Boolean).join(' ')
}

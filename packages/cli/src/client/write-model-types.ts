import type { ModelDetail, ModelInputField, ValueRules } from '@clipia/client'

/**
 * Writes the declarations that give `@clipia/client` the input of each model: with them in a project, an input that does not
 * fit does not compile. The text depends on the models only, so that it can be kept under version control.
 */
export function writeModelTypes(models: readonly ModelDetail[]): string {
  const sorted = [...models].sort((one, other) => (one.slug < other.slug ? -1 : 1))
  return `// Written by clipia types. Write it again when the catalogue changes.
import '@clipia/client'

declare module '@clipia/client' {
  interface ModelInputs {
${sorted.map(modelType).join('\n')}
  }
}
`
}

function modelType({ slug, name, input_schema: schema }: ModelDetail): string {
  const fields = Object.entries(schema).map(([field, rules]) => fieldType(field, rules))
  return `    /** ${comment(name)} */\n    ${JSON.stringify(slug)}: {\n${fields.join('\n')}\n    }`
}

function fieldType(name: string, field: ModelInputField): string {
  const meaning = [field.description, rulesText(field), defaultText(field)].filter(Boolean).join(' ')
  const doc = meaning === '' ? '' : `      /** ${comment(meaning)} */\n`
  return `${doc}      ${JSON.stringify(name)}${field.required ? '' : '?'}: ${valueType(field, field.items)}`
}

function valueType(rules: ValueRules, items?: ValueRules): string {
  if (rules.enum !== undefined) return rules.enum.map((value) => JSON.stringify(value)).join(' | ')
  switch (rules.type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return items === undefined ? 'unknown[]' : `(${valueType(items)})[]`
    case 'object':
      return 'Record<string, unknown>'
    default:
      return rules.type
  }
}

function rulesText({ minimum, maximum, max_length: maxLength, max_items: maxItems }: ModelInputField): string {
  const parts = []
  if (minimum !== undefined || maximum !== undefined) parts.push(`${minimum ?? 'Any'} to ${maximum ?? 'any'}.`)
  if (maxLength !== undefined) parts.push(`At most ${maxLength} characters.`)
  if (maxItems !== undefined) parts.push(`At most ${maxItems}.`)
  return parts.join(' ')
}

function defaultText(field: ModelInputField): string {
  return field.default === undefined || field.default === '' ? '' : `Default ${JSON.stringify(field.default)}.`
}

/** Text of a catalogue must not end the comment it stands in. */
function comment(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim()
}

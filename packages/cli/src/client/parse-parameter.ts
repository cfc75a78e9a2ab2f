import type { ModelInputField } from '@clipia/client'

/** Splits `key=value`. Throws, naming the flag, when there is no key. */
export function splitParameter(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new Error(`--param must be key=value, got "${text}"`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/**
 * Makes the value that `--param` means, by the model's own description of the field: `duration=4` is a number, `seed=4` of a
 * string field a string. What does not fit stays text, for the server to refuse by name.
 */
export function parseParameter(value: string, field: ModelInputField | undefined): unknown {
  switch (field?.type) {
    case 'number':
    case 'integer':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'array':
      return value.startsWith('[') ? parseJson(value) : value.split(',')
    case 'object':
      return parseJson(value)
    default:
      return value
  }
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

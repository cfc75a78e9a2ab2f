import type { ModelDetail, ParameterDescriptor } from '@clipia/contract'

/** An input as it is being written: only what was filled in. */
export type Draft = Readonly<Record<string, unknown>>

/** Whether a value says nothing, so that it is left out and the default holds. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The draft with one field changed; an empty one is taken out. */
export function withField(draft: Draft, name: string, value: unknown): Draft {
  const { [name]: _, ...others } = draft
  return isEmpty(value) ? others : { ...others, [name]: value }
}

/** What a field shows: what was filled in, else its default. */
export function shownValue(draft: Draft, name: string, { default: fallback }: ParameterDescriptor): unknown {
  return name in draft ? draft[name] : fallback
}

/** The required fields that are still empty. */
export function missingFields({ input_schema: schema }: ModelDetail, draft: Draft): string[] {
  return Object.entries(schema).flatMap(([name, { required }]) => (required && !(name in draft) ? [name] : []))
}

/** A draft as text that fits an address, and back; null for what is none. */
export function encodeDraft(draft: Draft): string {
  const bytes = new TextEncoder().encode(JSON.stringify(draft))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** See {@link encodeDraft}. */
export function decodeDraft(text: string): Draft | null {
  try {
    const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Draft) : null
  } catch {
    return null
  }
}

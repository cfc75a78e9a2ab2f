/** A JSON object, or an empty one for anything else: so that fields can be looked for in whatever an engine answered. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}

/** A text that is not empty, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A whole number that JSON kept exactly, or undefined: what a seed must be to be repeated. */
export function wholeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

/** An id of a provider that is safe as a segment of a path, or null: visible ASCII, no dot segment. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.~:@-]{1,255}$/.test(value) && !/^\.+$/.test(value) ? value : null
}

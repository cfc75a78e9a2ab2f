import type { JsonValue } from '../../json.ts'

/** Names of fields, as Google has them: `aspect_ratio` is `aspectRatio`, others by the table given. */
export function toGoogleFields(
  fields: Readonly<Record<string, JsonValue>>,
  names: Readonly<Record<string, string>>,
): Record<string, JsonValue> {
  const camelCase = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? camelCase(name), value]))
}

/** The type and the base64 of a `data:` URL, as files are handed over here. */
export function splitDataUrl(url: string): { mimeType: string; data: string } {
  const comma = url.indexOf(',')
  return { mimeType: url.slice('data:'.length, url.indexOf(';')), data: url.slice(comma + 1) }
}

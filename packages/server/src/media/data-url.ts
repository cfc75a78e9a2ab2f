import { sniffType } from './sniff-type.ts'

const BASE64_DATA = /^data:[^,]{0,256};base64,([A-Za-z0-9+/_-]+={0,2})$/i

/** Whether a text is a `data:` URL, well-formed or not. */
export function isDataUrl(text: string): boolean {
  return /^data:/i.test(text)
}

/** What is wrong with a `data:` URL, as a text that follows the field's name, or null. */
export function judgeDataUrl(text: string): string | null {
  const bytes = readDataUrl(text)
  if (bytes === null) return 'must be base64 if it is a data: URL, such as data:image/png;base64,...'
  return sniffType(bytes) === null ? 'must hold a picture, video or sound of a known type if it is a data: URL' : null
}

/** The bytes of a `data:` URL; null when it is malformed. The type it claims counts for nothing. */
export function readDataUrl(text: string): Buffer | null {
  const data = BASE64_DATA.exec(text)?.[1]
  return data === undefined ? null : Buffer.from(data, 'base64')
}

import { CONTENT_TYPES, type ContentType } from './content-types.ts'

/** A random public name for a file of this type: 128 bits, so that names cannot be guessed or enumerated. */
export function makeMediaName(contentType: ContentType, randomBytes: (length: number) => Buffer): string {
  return `${randomBytes(16).toString('hex')}.${CONTENT_TYPES[contentType].extension}`
}

/** Whether a text has the shape of a public media name. */
export function isMediaName(text: string): boolean {
  return /^[0-9a-f]{32}\.[a-z0-9]{3,4}$/.test(text)
}

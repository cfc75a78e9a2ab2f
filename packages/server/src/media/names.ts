const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/flac': 'flac',
}

/** A random public name for a file of this type: 128 bits, so that names cannot be guessed or enumerated. */
export function makeMediaName(contentType: string, randomBytes: (length: number) => Buffer): string {
  const extension = EXTENSIONS[contentType]
  if (extension === undefined) throw new Error(`media of type ${contentType} are not served`)
  return `${randomBytes(16).toString('hex')}.${extension}`
}

/** Whether a text has the shape of a public media name. */
export function isMediaName(text: string): boolean {
  return /^[0-9a-f]{32}\.[a-z0-9]{3,4}$/.test(text)
}

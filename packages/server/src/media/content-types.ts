/** What a file is for a person; the types a model can make and be given. */
export type MediaKind = 'image' | 'video' | 'audio'

/**
 * Every content type that is taken from outside and served again, with its extension. None of them can run in a browser:
 * no SVG, no HTML, nothing that is read as text.
 */
export const CONTENT_TYPES = {
  'image/png': { kind: 'image', extension: 'png' },
  'image/jpeg': { kind: 'image', extension: 'jpg' },
  'image/webp': { kind: 'image', extension: 'webp' },
  'image/gif': { kind: 'image', extension: 'gif' },
  'image/avif': { kind: 'image', extension: 'avif' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
  'video/webm': { kind: 'video', extension: 'webm' },
  'video/quicktime': { kind: 'video', extension: 'mov' },
  'audio/webm': { kind: 'audio', extension: 'weba' },
  'audio/wav': { kind: 'audio', extension: 'wav' },
  'audio/mpeg': { kind: 'audio', extension: 'mp3' },
  'audio/ogg': { kind: 'audio', extension: 'ogg' },
  'audio/mp4': { kind: 'audio', extension: 'm4a' },
  'audio/flac': { kind: 'audio', extension: 'flac' },
  'audio/aac': { kind: 'audio', extension: 'aac' },
} as const satisfies Record<string, { kind: MediaKind; extension: string }>

/** A type of {@link CONTENT_TYPES}. */
export type ContentType = keyof typeof CONTENT_TYPES

/** The types, as a refusal lists them. */
export const KNOWN_TYPES_TEXT =
  'a PNG, JPEG, WebP, GIF or AVIF picture, an MP4, WebM or QuickTime video, or a WAV, MP3, Ogg, M4A, WebM, FLAC or AAC sound'

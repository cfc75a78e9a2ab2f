import type { ContentType } from './content-types.ts'

/** Bytes of a file's beginning by which {@link sniffType} knows its type. */
export const HEAD_BYTES = 64

/**
 * The type of a file by its first bytes, whatever its sender calls it; null for what is not taken. It only compares bytes,
 * so it may run in the server: whether the rest keeps the promise, decoding in a child process tells.
 */
export function sniffType(head: Buffer): ContentType | null {
  const text = (from: number, to: number) => head.toString('latin1', from, to)
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'image/gif'
  if (text(0, 4) === 'RIFF') return RIFF[text(8, 12)] ?? null
  if (text(4, 8) === 'ftyp') return sniffBrand(text(8, 12))
  if (OLD_QUICKTIME.has(text(4, 8))) return 'video/quicktime'
  // The one kind of Matroska that browsers play says so in its header.
  if (text(0, 4) === '\x1aE\xdf\xa3') return text(0, HEAD_BYTES).includes('webm') ? 'video/webm' : null
  if (text(0, 4) === 'OggS') return 'audio/ogg'
  if (text(0, 4) === 'fLaC') return 'audio/flac'
  if (text(0, 3) === 'ID3') return 'audio/mpeg'
  return sniffFrame(head)
}

const RIFF: Readonly<Record<string, ContentType>> = { WEBP: 'image/webp', WAVE: 'audio/wav' }

/** First boxes of a QuickTime file from before there were brands. */
const OLD_QUICKTIME: ReadonlySet<string> = new Set(['moov', 'mdat', 'wide'])

const MP4_BRAND = /^(isom|iso[2-9]|mp4[12]|avc1|dash|msdh|mmp4|M4V |M4VP|f4v |3gp[4-7]|cmfc)$/

/** Files of the ISO base format say in their brand what they hold. */
function sniffBrand(brand: string): ContentType | null {
  if (brand === 'avif' || brand === 'avis') return 'image/avif'
  if (brand === 'qt  ') return 'video/quicktime'
  if (brand === 'M4A ' || brand === 'M4B ') return 'audio/mp4'
  return MP4_BRAND.test(brand) ? 'video/mp4' : null
}

/** Sound without a container begins with a frame: eleven bits set, then version and layer (III for MP3, none for AAC). */
function sniffFrame(head: Buffer): ContentType | null {
  const [sync = 0, layer = 0] = head
  if (sync !== 0xff) return null
  if ((layer & 0xf6) === 0xf0) return 'audio/aac'
  return (layer & 0xe6) === 0xe2 ? 'audio/mpeg' : null
}

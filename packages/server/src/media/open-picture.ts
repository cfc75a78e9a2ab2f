import sharp, { type Sharp } from 'sharp'
import type { ContentType } from './content-types.ts'
import { RenditionError } from './rendition-error.ts'

/** Larger pictures are refused before they are decoded. */
const MOST_PIXELS = 50_000_000

// The cache goes by file name: a file that was written anew would be read as it was before.
sharp.cache(false)

// Of all that sharp can read only what a browser shows as a picture: no SVG, PDF or other formats with a wide surface.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
})

/**
 * Opens a picture of unknown origin for decoding: known formats, a bounded number of pixels, the first frame, upright
 * as its maker meant it. Only for child processes: a decoder that crashes must not take the server with it.
 */
export function openPicture(path: string): Sharp {
  return sharp(path, { limitInputPixels: MOST_PIXELS, page: 0, pages: 1, failOn: 'error' }).autoOrient()
}

const TYPES: Readonly<Record<string, ContentType>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heif: 'image/avif',
}

/** Type and upright size of a picture by its header; throws {@link RenditionError} for a type that is not taken. */
export async function measurePicture(path: string): Promise<{ type: ContentType; width: number; height: number }> {
  const { format = '', autoOrient } = await openPicture(path).metadata()
  const type = TYPES[format]
  if (type === undefined) throw new RenditionError('MEDIA_UNREADABLE', `A picture of type ${format} is not taken`)
  return { type, width: autoOrient.width, height: autoOrient.height }
}

import { openPicture } from './open-picture.ts'
import { RenditionError } from './rendition-error.ts'
import type { PreviewRendition, PreviewTask } from './rendition-task-types.ts'

const LONGEST_SIDE = 384

/** Tried in this order until the picture is small enough. */
const QUALITIES = [72, 50, 30]

/** A small JPEG of a picture, in base64; what cannot be made small enough is refused. */
export async function renderPreview({ path, maxBytes }: PreviewTask): Promise<PreviewRendition> {
  try {
    for (const quality of QUALITIES) {
      const jpeg = await openPicture(path)
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality })
        .toBuffer()
      if (jpeg.length <= maxBytes) return { type: 'image/jpeg', base64: jpeg.toString('base64') }
    }
  } catch (error) {
    throw new RenditionError('MEDIA_UNREADABLE', 'The picture cannot be decoded', error)
  }
  throw new RenditionError('MEDIA_UNREADABLE', `The picture has no preview of ${maxBytes} bytes`)
}

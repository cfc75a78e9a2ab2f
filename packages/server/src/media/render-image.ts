import { openPicture } from './open-picture.ts'
import { RenditionError } from './rendition-error.ts'
import type { ImageRendition, ImageRenditionTask } from './rendition-task-types.ts'

const WEBP_QUALITY = 85
const TYPES: Record<string, ImageRendition['type']> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' }

/** Writes the WebP form of a picture, and the PNG form if it is none, without the metadata of its maker. */
export async function renderImage(task: ImageRenditionTask): Promise<ImageRendition> {
  try {
    const { format = '', autoOrient } = await openPicture(task.path).metadata()
    const type = TYPES[format]
    if (type === undefined) throw new RenditionError('MEDIA_UNREADABLE', `A picture of type ${format} is not taken`)
    const { width, height } = autoOrient
    await openPicture(task.path).webp({ quality: WEBP_QUALITY, effort: 3 }).toFile(task.webpPath)
    if (type === 'image/png') return { type, width, height }
    await openPicture(task.path).png({ compressionLevel: 6 }).toFile(task.pngPath)
    return { type, width, height, pngPath: task.pngPath }
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('MEDIA_UNREADABLE', 'The picture cannot be decoded', error)
  }
}

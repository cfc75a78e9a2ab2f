import { measurePicture, openPicture } from './open-picture.ts'
import { RenditionError } from './rendition-error.ts'
import type { ImageRendition, ImageRenditionTask } from './rendition-task-types.ts'

const WEBP_QUALITY = 85

/** Writes the WebP form of a picture, and the PNG form if it is none, without the metadata of its maker. */
export async function renderImage(task: ImageRenditionTask): Promise<ImageRendition> {
  try {
    const { type, width, height } = await measurePicture(task.path)
    await openPicture(task.path).webp({ quality: WEBP_QUALITY, effort: 3 }).toFile(task.webpPath)
    if (type === 'image/png') return { type, width, height }
    await openPicture(task.path).png({ compressionLevel: 6 }).toFile(task.pngPath)
    return { type, width, height, pngPath: task.pngPath }
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('MEDIA_UNREADABLE', 'The picture cannot be decoded', error)
  }
}

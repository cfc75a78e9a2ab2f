import { CONTENT_TYPES } from './content-types.ts'
import { inspectTracks } from './measure-media.ts'
import { measurePicture, openPicture } from './open-picture.ts'
import { RenditionError } from './rendition-error.ts'
import type { Inspection, InspectionTask } from './rendition-task-types.ts'

/** Decodes a picture whole and reads the tables of a video or sound: what is cut or broken is unreadable. */
export async function inspectMedia({ path, contentType }: InspectionTask): Promise<Inspection> {
  if (CONTENT_TYPES[contentType].kind !== 'image') return inspectTracks(path)
  try {
    const facts = await measurePicture(path)
    // Every byte is read, but a decoder that can make a smaller picture does.
    await openPicture(path).resize(16, 16, { fit: 'fill' }).raw().toBuffer()
    return facts
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('MEDIA_UNREADABLE', 'The picture cannot be decoded', error)
  }
}

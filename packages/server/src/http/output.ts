import type { Output } from '@clipia/contract'
import type { StoredOutput } from '../generations/generation.ts'

/** Words a stored output for the wire: names become absolute URLs under the media origin. */
export function toOutput(output: StoredOutput, mediaUrl: string): Output {
  const url = (name: string) => `${mediaUrl}${name}`
  switch (output.type) {
    case 'image':
      return {
        images: output.images.map(({ name, originalName, width, height }) => ({
          url: url(name),
          original_url: url(originalName),
          width,
          height,
        })),
      }
    case 'video': {
      const { name, width, height, duration } = output
      return { video: { url: url(name), original_url: url(name), width, height, duration } }
    }
    case 'audio':
      return { audio: { url: url(output.name), duration: output.duration } }
    case 'deleted':
      return {}
  }
}

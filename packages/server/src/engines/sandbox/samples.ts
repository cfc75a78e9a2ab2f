import { fileURLToPath } from 'node:url'
import type { StoredOutput } from '../../generations/generation.ts'
import facts from './assets/samples.json' with { type: 'json' }

/** Folder of the sample files; each is served under its own name. */
export const SAMPLES_FOLDER = new URL('./assets/', import.meta.url)

/** Content types of the sample files by name. */
export const SAMPLE_TYPES: Readonly<Record<string, string>> = {
  'image.webp': 'image/webp',
  'image.png': 'image/png',
  'video.mp4': 'video/mp4',
  'audio.wav': 'audio/wav',
}

/** The file behind the public name of a sample, `samples/image.png` say; null for any other name. */
export function samplePath(name: string): string | null {
  const file = name.startsWith('samples/') ? name.slice('samples/'.length) : ''
  return Object.hasOwn(SAMPLE_TYPES, file) ? fileURLToPath(new URL(file, SAMPLES_FOLDER)) : null
}

/** The output of every sandbox generation of a type: the same sample each time. */
export function sampleOutput(type: 'image' | 'video' | 'audio'): StoredOutput {
  const { image, video, audio } = facts
  switch (type) {
    case 'image':
      return {
        type,
        images: [
          { name: 'samples/image.webp', originalName: 'samples/image.png', width: image.width, height: image.height },
        ],
      }
    case 'video':
      return {
        type,
        name: 'samples/video.mp4',
        width: video.width,
        height: video.height,
        duration: video.durationSeconds,
      }
    case 'audio':
      return { type, name: 'samples/audio.wav', duration: audio.durationSeconds }
  }
}

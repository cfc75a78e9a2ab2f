import type { Input } from 'mediabunny'
import { RenditionError } from './rendition-error.ts'
import type { AudioRendition, VideoRendition } from './rendition-task-types.ts'

type Reader = typeof import('mediabunny')

/** Size and length of an MP4, read from its tables. */
export async function measureVideo(path: string): Promise<VideoRendition> {
  const reader = await loadReader()
  return readFile(reader, path, [reader.MP4], async (input) => {
    const track = await input.getPrimaryVideoTrack()
    if (!track) throw new RenditionError('MEDIA_UNREADABLE', 'The file has no picture track')
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
    return { type: 'video/mp4', width, height, durationSeconds: await input.computeDuration() }
  })
}

/** Type and length of a sound. */
export async function measureAudio(path: string): Promise<AudioRendition> {
  const reader = await loadReader()
  const types = new Map([
    [reader.MP3, 'audio/mpeg'],
    [reader.WAVE, 'audio/wav'],
    [reader.MP4, 'audio/mp4'],
    [reader.OGG, 'audio/ogg'],
    [reader.FLAC, 'audio/flac'],
  ] as const)
  return readFile(reader, path, [...types.keys()], async (input) => {
    const type = types.get(await input.getFormat())
    const track = await input.getPrimaryAudioTrack()
    if (!type || !track) throw new RenditionError('MEDIA_UNREADABLE', 'The file has no sound track')
    return { type, durationSeconds: await input.computeDuration() }
  })
}

async function loadReader(): Promise<Reader> {
  try {
    return await import('mediabunny')
  } catch (error) {
    throw new RenditionError('MEDIA_READER_MISSING', 'Video and sound need the optional package mediabunny', error)
  }
}

async function readFile<Facts>(
  reader: Reader,
  path: string,
  formats: Reader['ALL_FORMATS'],
  read: (input: Input) => Promise<Facts>,
): Promise<Facts> {
  const input = new reader.Input({ source: new reader.FilePathSource(path), formats })
  try {
    return await read(input)
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('MEDIA_UNREADABLE', 'The file cannot be read as video or sound', error)
  } finally {
    input.dispose()
  }
}

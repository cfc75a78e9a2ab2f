import type { Input, InputFormat } from 'mediabunny'
import type { ContentType } from './content-types.ts'
import { RenditionError } from './rendition-error.ts'
import type { AudioRendition, Inspection, VideoRendition } from './rendition-task-types.ts'

type Reader = typeof import('mediabunny')

/** Type, size and length of a video, read from its tables. */
export function measureVideo(path: string): Promise<VideoRendition> {
  return readMedia(path, async (input, { video }) => {
    const track = video && (await input.getPrimaryVideoTrack())
    if (!track) throw new RenditionError('MEDIA_UNREADABLE', 'The file has no picture track')
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
    return { type: video, width, height, durationSeconds: await durationOf(input) }
  })
}

/** Type and length of a sound. */
export function measureAudio(path: string): Promise<AudioRendition> {
  return readMedia(path, async (input, { audio }) => {
    if (!(await input.getPrimaryAudioTrack())) {
      throw new RenditionError('MEDIA_UNREADABLE', 'The file has no sound track')
    }
    return { type: audio, durationSeconds: await durationOf(input) }
  })
}

/** Facts of a file that is a video if it has a picture, and a sound otherwise. */
export function inspectTracks(path: string): Promise<Inspection> {
  return readMedia(path, async (input, { video }) => {
    const hasPicture = video !== null && (await input.getPrimaryVideoTrack()) !== null
    return hasPicture ? measureVideo(path) : measureAudio(path)
  })
}

/** What a file of a container is, with a picture and without one. */
interface ContainerTypes {
  video: ContentType | null
  audio: ContentType
}

/** The containers that are read, and nothing beside them: no playlists, which name other files. */
function containersOf(reader: Reader): ReadonlyMap<InputFormat, ContainerTypes> {
  return new Map<InputFormat, ContainerTypes>([
    [reader.MP4, { video: 'video/mp4', audio: 'audio/mp4' }],
    [reader.QTFF, { video: 'video/quicktime', audio: 'audio/mp4' }],
    [reader.WEBM, { video: 'video/webm', audio: 'audio/webm' }],
    [reader.MP3, { video: null, audio: 'audio/mpeg' }],
    [reader.WAVE, { video: null, audio: 'audio/wav' }],
    [reader.OGG, { video: null, audio: 'audio/ogg' }],
    [reader.FLAC, { video: null, audio: 'audio/flac' }],
    [reader.ADTS, { video: null, audio: 'audio/aac' }],
  ])
}

async function durationOf(input: Input): Promise<number> {
  const seconds = await input.computeDuration()
  if (!Number.isFinite(seconds) || seconds < 0) throw new RenditionError('MEDIA_UNREADABLE', 'The file has no length')
  return seconds
}

async function loadReader(): Promise<Reader> {
  try {
    return await import('mediabunny')
  } catch (error) {
    throw new RenditionError('MEDIA_READER_MISSING', 'Video and sound need the optional package mediabunny', error)
  }
}

async function readMedia<Facts>(
  path: string,
  read: (input: Input, types: ContainerTypes) => Promise<Facts>,
): Promise<Facts> {
  const reader = await loadReader()
  const containers = containersOf(reader)
  const input = new reader.Input({ source: new reader.FilePathSource(path), formats: [...containers.keys()] })
  try {
    const types = containers.get(await input.getFormat())
    if (types === undefined) throw new RenditionError('MEDIA_UNREADABLE', 'The file is of no known format')
    return await read(input, types)
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('MEDIA_UNREADABLE', 'The file cannot be read as video or sound', error)
  } finally {
    input.dispose()
  }
}

import { writeFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { eraseTimes } from '../erase-times.ts'
import type { SoundFormat } from '../studio-task-types.ts'
import { eraseSerials } from './erase-serials.ts'
import type { Track } from './voices.ts'

const BITS_PER_SECOND = 192_000
/** Samples handed over at once: a second's worth keeps memory flat. */
const PORTION = 48_000

/** Writes a track as a file of the format; the same track gives the same bytes. All but WAV need the optional packages. */
export async function writeSound(
  track: Track,
  format: SoundFormat,
  path: string,
  onProgress: (share: number) => void,
): Promise<void> {
  if (format === 'wav') {
    await writeFile(path, toWav(track))
    return onProgress(1)
  }
  await import('@napi-rs/webcodecs/polyfill')
  const { AudioSampleSource, BufferTarget, Mp3OutputFormat, Mp4OutputFormat, OggOutputFormat, Output } = await import(
    'mediabunny'
  )
  const kinds = {
    mp3: { codec: 'mp3', container: () => new Mp3OutputFormat() },
    m4a: { codec: 'aac', container: () => new Mp4OutputFormat({ fastStart: 'in-memory' }) },
    ogg: { codec: 'opus', container: () => new OggOutputFormat() },
  } as const
  const target = new BufferTarget()
  const output = new Output({ format: kinds[format].container(), target })
  const source = new AudioSampleSource({ codec: kinds[format].codec, bitrate: BITS_PER_SECOND })
  output.addAudioTrack(source)
  // The encoder's callbacks do not keep the process alive; a timer does.
  const alive = setInterval(() => {}, 1000)
  try {
    await output.start()
    await addSamples(source, track, onProgress)
    await output.finalize()
  } finally {
    clearInterval(alive)
  }
  if (!target.buffer) throw new Error('The sound has no bytes')
  const bytes = new Uint8Array(target.buffer)
  // What containers put in by the clock or by chance goes, so that the same sound is the same bytes.
  if (format === 'm4a') eraseTimes(bytes)
  if (format === 'ogg') eraseSerials(bytes)
  await writeFile(path, bytes)
}

/** Hands a track to an encoder, second by second. */
export async function addSamples(
  source: { add(sample: import('mediabunny').AudioSample): Promise<void> },
  { sampleRate, left, right }: Track,
  onProgress: (share: number) => void,
): Promise<void> {
  const { AudioSample } = await import('mediabunny')
  for (let from = 0; from < left.length; from += PORTION) {
    const to = Math.min(left.length, from + PORTION)
    const data = new Float32Array((to - from) * 2)
    data.set(left.subarray(from, to))
    data.set(right.subarray(from, to), to - from)
    const shape = { format: 'f32-planar', numberOfChannels: 2, sampleRate, timestamp: from / sampleRate } as const
    const sample = new AudioSample({ ...shape, data })
    await source.add(sample)
    sample.close()
    await nextTurn()
    onProgress(to / left.length)
  }
}

/** Sixteen bits, two channels. */
function toWav({ sampleRate, left, right }: Track): Buffer {
  const bytes = Buffer.alloc(44 + left.length * 4)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + left.length * 4, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(sampleRate * 4, 28)
  bytes.writeUInt16LE(4, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(left.length * 4, 40)
  const toInteger = (value = 0): number => Math.round(Math.max(-1, Math.min(1, value)) * 32_767)
  for (let sample = 0; sample < left.length; sample += 1) {
    bytes.writeInt16LE(toInteger(left[sample]), 44 + sample * 4)
    bytes.writeInt16LE(toInteger(right[sample]), 46 + sample * 4)
  }
  return bytes
}

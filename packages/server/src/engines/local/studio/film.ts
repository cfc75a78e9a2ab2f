import { writeFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Canvas } from '@napi-rs/canvas'
import { eraseTimes } from './erase-times.ts'
import { FRAME_COLORS, planarSize, toPlanar } from './planar-frame.ts'
import { addSamples } from './tone/encode-sound.ts'
import type { Track } from './tone/voices.ts'

/** A film to be written. */
export interface FilmOptions {
  path: string
  /** In pixels, even. */
  width: number
  /** In pixels, even. */
  height: number
  fps: number
  frames: number
  /** Draws one frame, from the first (0) on, over the one before. */
  draw(frame: number): void
  canvas: Canvas
  /** Music as long as the film; silent when absent. */
  sound?: Track
  onFrame(done: number): void
}

/** Bits a second for each pixel: enough for fine grain without visible blocks. */
const BITS_PER_PIXEL = 3.4
const SOUND_BITS_PER_SECOND = 160_000

/**
 * Writes an H.264 MP4 that starts to play before it is loaded; the same frames give the same bytes. Needs the optional
 * packages for video.
 */
export async function writeFilm(options: FilmOptions): Promise<void> {
  await import('@napi-rs/webcodecs/polyfill')
  const { AudioSampleSource, BufferTarget, Mp4OutputFormat, Output, VideoSample, VideoSampleSource } = await import(
    'mediabunny'
  )
  const { width, height, fps } = options
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const source = new VideoSampleSource({ codec: 'avc', bitrate: Math.round(width * height * BITS_PER_PIXEL) })
  output.addVideoTrack(source, { frameRate: fps })
  const sound = new AudioSampleSource({ codec: 'aac', bitrate: SOUND_BITS_PER_SECOND })
  if (options.sound) output.addAudioTrack(sound)
  const format = { format: 'I420', codedWidth: width, codedHeight: height, colorSpace: FRAME_COLORS } as const
  const planes = new Uint8Array(planarSize(width, height))
  // The encoder's callbacks do not keep the process alive; a timer does.
  const alive = setInterval(() => {}, 1000)
  try {
    await output.start()
    for (let frame = 0; frame < options.frames; frame += 1) {
      options.draw(frame)
      toPlanar(options.canvas.data(), planes, width, height)
      const sample = new VideoSample(planes, { ...format, timestamp: frame / fps, duration: 1 / fps })
      await source.add(sample)
      sample.close()
      // Without a turn of the loop the encoder takes frames faster than it lets go of them.
      await nextTurn()
      options.onFrame(frame + 1)
    }
    if (options.sound) await addSamples(sound, options.sound, () => {})
    await output.finalize()
  } finally {
    clearInterval(alive)
  }
  if (!target.buffer) throw new Error('The film has no bytes')
  const bytes = new Uint8Array(target.buffer)
  eraseTimes(bytes)
  await writeFile(options.path, bytes)
}

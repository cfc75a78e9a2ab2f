import {
  AdtsOutputFormat,
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  FlacOutputFormat,
  MovOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  VideoSample,
  VideoSampleSource,
  WavOutputFormat,
  WebMOutputFormat,
} from 'mediabunny'

const FORMATS: Readonly<Record<string, () => OutputFormat>> = {
  mp4: () => new Mp4OutputFormat(),
  mov: () => new MovOutputFormat(),
  webm: () => new WebMOutputFormat(),
  ogg: () => new OggOutputFormat(),
  mp3: () => new Mp3OutputFormat(),
  flac: () => new FlacOutputFormat(),
  aac: () => new AdtsOutputFormat(),
  wav: () => new WavOutputFormat(),
}

const SAMPLE_RATE = 48_000

/** A file of a container with one second of sound, of picture (32 by 24), or of both. */
export async function makeMedia(
  container: string,
  tracks: { audio?: 'opus' | 'aac' | 'mp3' | 'flac' | 'pcm-s16' | 'vorbis'; video?: 'vp8' | 'avc' },
): Promise<Buffer> {
  await import('@napi-rs/webcodecs/polyfill')
  // The encoder's callbacks alone would not keep the process alive.
  const timer = setInterval(() => {}, 1_000)
  try {
    const format = FORMATS[container]?.()
    if (format === undefined) throw new Error(`no such container: ${container}`)
    const target = new BufferTarget()
    const output = new Output({ format, target })
    const audio = tracks.audio && new AudioSampleSource({ codec: tracks.audio, bitrate: 64_000 })
    const video = tracks.video && new VideoSampleSource({ codec: tracks.video, bitrate: 200_000 })
    if (audio) output.addAudioTrack(audio)
    if (video) output.addVideoTrack(video)
    await output.start()
    if (video) await addFrames(video)
    if (audio) {
      const data = Float32Array.from({ length: SAMPLE_RATE }, (_, index) => Math.sin(index / 20) / 4)
      const sample = { data, format: 'f32', numberOfChannels: 1, sampleRate: SAMPLE_RATE, timestamp: 0 } as const
      const second = new AudioSample(sample)
      await audio.add(second)
      second.close()
    }
    await output.finalize()
    return Buffer.from(target.buffer ?? new ArrayBuffer())
  } finally {
    clearInterval(timer)
  }
}

async function addFrames(video: VideoSampleSource): Promise<void> {
  for (let frame = 0; frame < 10; frame += 1) {
    const pixels = new Uint8Array(32 * 24 * 4).fill(frame * 20)
    const shape = { format: 'RGBA', codedWidth: 32, codedHeight: 24, timestamp: frame / 10, duration: 0.1 } as const
    const sample = new VideoSample(pixels, shape)
    await video.add(sample)
    sample.close()
  }
}

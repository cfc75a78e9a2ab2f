/** One frame of a film, three bytes a pixel. */
export interface FilmFrame {
  width: number
  height: number
  rgb: Buffer
}

/** Decodes the frames of an MP4 at some times, in seconds, as a television with BT.709 shows them. */
export async function* readFrames(path: string, times: readonly number[]): AsyncGenerator<FilmFrame> {
  await import('@napi-rs/webcodecs/polyfill')
  const { FilePathSource, Input, MP4, VideoSampleSink } = await import('mediabunny')
  using input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error(`${path} has no pictures`)
  // The decoder's callbacks do not keep the process alive; a timer does.
  const alive = setInterval(() => {}, 1000)
  try {
    for await (const sample of new VideoSampleSink(track).samplesAtTimestamps(times)) {
      if (!sample) continue
      const planes = new Uint8Array(sample.allocationSize())
      const [luma, blue, red] = await sample.copyTo(planes)
      const { codedWidth: width, codedHeight: height, format, colorSpace } = sample
      sample.close()
      if (!luma || !blue || !red || format !== 'I420' || colorSpace.matrix !== 'bt709') {
        throw new Error('The frame is not planar with the colours of BT.709')
      }
      const rgb = Buffer.alloc(width * height * 3)
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const light = 1.164 * ((planes[luma.offset + y * luma.stride + x] ?? 0) - 16)
          const u = (planes[blue.offset + (y >> 1) * blue.stride + (x >> 1)] ?? 0) - 128
          const v = (planes[red.offset + (y >> 1) * red.stride + (x >> 1)] ?? 0) - 128
          const place = (y * width + x) * 3
          rgb[place] = clamp(light + 1.793 * v)
          rgb[place + 1] = clamp(light - 0.213 * u - 0.533 * v)
          rgb[place + 2] = clamp(light + 2.112 * u)
        }
      }
      yield { width, height, rgb }
    }
  } finally {
    clearInterval(alive)
  }
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}

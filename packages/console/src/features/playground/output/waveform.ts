import { useQuery } from '@tanstack/react-query'

/** Bars of a drawn sound. */
const BARS = 96
/** Decoding for a drawing needs no more. */
const SAMPLE_RATE = 8_000

/** The loudness of a sound over its time, 0 to 1, the loudest part at 1. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const size = Math.max(1, Math.floor(samples.length / count))
  const peaks = Array.from({ length: count }, (_, bar) => {
    let peak = 0
    for (const sample of samples.subarray(bar * size, (bar + 1) * size)) peak = Math.max(peak, Math.abs(sample))
    return peak
  })
  const loudest = Math.max(...peaks) || 1
  return peaks.map((peak) => peak / loudest)
}

/** The bars of the sound at a URL; undefined until it was decoded, or where it cannot be: playing needs them not. */
export function useWaveform(url: string): readonly number[] | undefined {
  return useQuery({
    queryKey: ['waveform', url],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal })
      const context = new OfflineAudioContext(1, 1, SAMPLE_RATE)
      const sound = await context.decodeAudioData(await response.arrayBuffer())
      return peaksOf(sound.getChannelData(0), BARS)
    },
  }).data
}

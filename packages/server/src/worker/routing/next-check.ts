import type { EngineTraits } from '../../engines/engine.ts'

const LONGEST_POLL_MS = 15_000

/** From this part of the typical duration on a job is expected to be done any moment. */
const ALMOST = 0.8

/**
 * How long to wait until a job that runs for `elapsedMs` is asked for again: until it is almost done where a typical
 * duration is known, then in small parts of that; without one in a tenth of the time it has run. So a picture of two
 * seconds is noticed at once and a video of ten minutes is not asked for three hundred times.
 */
export function nextCheckMs(
  traits: Pick<EngineTraits, 'pollMs' | 'longestPollMs'>,
  elapsedMs: number,
  typicalMs: number | null,
): number {
  const most = Math.max(traits.longestPollMs ?? LONGEST_POLL_MS, traits.pollMs)
  const leftMs = typicalMs === null ? 0 : typicalMs * ALMOST - elapsedMs
  const wantedMs = leftMs > 0 ? leftMs : (typicalMs ?? elapsedMs * 2) / 20
  return Math.round(Math.min(Math.max(wantedMs, traits.pollMs), most))
}

/** How far a job is likely to be whose engine does not tell; never done before it is. */
export function likelyPercent(elapsedMs: number, typicalMs: number | null): number {
  return typicalMs === null || typicalMs === 0 ? 0 : Math.min(95, Math.floor((elapsedMs / typicalMs) * 100))
}

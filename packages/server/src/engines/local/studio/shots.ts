/** One picture's time in a film. */
export interface ShotAt {
  /** Place of the picture in its list. */
  index: number
  /** How far the shot is, 0 to 1. */
  moment: number
  /** How much of it is seen over what was drawn before, 0 to 1. */
  opacity: number
}

/** How long one picture takes to fade into the next, at most. */
const LONGEST_FADE_SECONDS = 1

/**
 * Which pictures are seen at a time of a film that shows several, the lower one first. In a loop the last fades into
 * the first.
 */
export function shotsAt(seconds: number, pictures: number, durationSeconds: number, isLoop: boolean): ShotAt[] {
  if (pictures === 1) return [{ index: 0, moment: Math.min(1, seconds / durationSeconds), opacity: 1 }]
  const fade = Math.min(LONGEST_FADE_SECONDS, (0.35 * durationSeconds) / pictures)
  const step = isLoop ? durationSeconds / pictures : (durationSeconds - fade) / pictures
  const length = step + fade
  const shots: ShotAt[] = []
  // In a loop the last shot reaches over the end, to before the first.
  for (let index = isLoop ? -1 : 0; index < pictures; index += 1) {
    const since = seconds - index * step
    if (since < 0 || (since >= length && index < pictures - 1)) continue
    const isFirst = index === 0 && !isLoop
    const share = Math.min(1, since / fade)
    const opacity = isFirst || shots.length === 0 ? 1 : share * share * (3 - 2 * share)
    shots.push({ index: (index + pictures) % pictures, moment: Math.min(1, since / length), opacity })
  }
  return shots
}

import type { SKRSContext2D } from '@napi-rs/canvas'

/** A screen of dots. */
export interface Screen {
  /** Distance of the dots. */
  pitch: number
  /** Radians. */
  angle: number
  /** How much of the paper is inked at a place, 0 to 1. */
  coverage(x: number, y: number): number
}

/** Adds the dots of a screen within a rectangle to the current path; dense ones grow together, as in print. */
export function traceDots(
  context: SKRSContext2D,
  { pitch, angle, coverage }: Screen,
  area: { x: number; y: number; width: number; height: number },
): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
  const reach = Math.ceil(Math.hypot(area.width, area.height) / 2 / pitch) + 1
  for (let row = -reach; row <= reach; row += 1) {
    for (let column = -reach; column <= reach; column += 1) {
      const x = middle.x + (column * cos - row * sin) * pitch
      const y = middle.y + (column * sin + row * cos) * pitch
      if (
        x < area.x - pitch ||
        y < area.y - pitch ||
        x > area.x + area.width + pitch ||
        y > area.y + area.height + pitch
      )
        continue
      const share = Math.min(1, Math.max(0, coverage(x, y)))
      if (share < 0.015) continue
      // Up to a half the dots stand apart and cover pi r squared; beyond that they grow into each other.
      const radius = pitch * Math.min(0.74, Math.sqrt(share / Math.PI) * (1 + 0.3 * share ** 3))
      context.moveTo(x + radius, y)
      context.arc(x, y, radius, 0, 2 * Math.PI)
    }
  }
}

/** Which parts of a rectangle are taken; keeps strokes apart without comparing each with each. */
export interface Occupancy {
  /** Whether a stroke of this half width may pass here in this direction. */
  isFree(x: number, y: number, angle: number, halfWidth: number): boolean
  /** Takes a disc. */
  fill(x: number, y: number, radius: number): void
}

/** Starts with everything free; `cell` is the precision in units. What lies outside is always free. */
export function createOccupancy(width: number, height: number, cell: number): Occupancy {
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil(height / cell)
  const taken = new Uint8Array(columns * rows)
  return {
    isFree(x, y, angle, halfWidth) {
      const dx = -Math.sin(angle)
      const dy = Math.cos(angle)
      for (let across = -halfWidth; across <= halfWidth; across += cell * 0.8) {
        const column = Math.floor((x + dx * across) / cell)
        const row = Math.floor((y + dy * across) / cell)
        if (column < 0 || row < 0 || column >= columns || row >= rows) continue
        if (taken[row * columns + column] === 1) return false
      }
      return x > -60 && y > -60 && x < width + 60 && y < height + 60
    },
    fill(x, y, radius) {
      const top = Math.max(0, Math.floor((y - radius) / cell))
      const bottom = Math.min(rows - 1, Math.floor((y + radius) / cell))
      for (let row = top; row <= bottom; row += 1) {
        const reach = Math.sqrt(Math.max(0, radius ** 2 - ((row + 0.5) * cell - y) ** 2))
        const left = Math.max(0, Math.floor((x - reach) / cell))
        const right = Math.min(columns - 1, Math.floor((x + reach) / cell))
        if (right >= left) taken.fill(1, row * columns + left, row * columns + right + 1)
      }
    },
  }
}

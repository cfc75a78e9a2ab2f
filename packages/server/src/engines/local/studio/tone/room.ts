/** Lengths of the delays at 48 kHz; without common factors, so that echoes never fall together. */
const DELAYS = [1427, 1637, 1871, 2053, 2251, 2633, 2969, 3301]

/**
 * Adds the sound of a large room in place: eight delays that feed one another (a feedback network), each a little duller
 * on every round. `share` is how much of the result is room.
 */
export function addRoom(left: Float32Array, right: Float32Array, share: number): void {
  const lines = DELAYS.map((length) => ({ buffer: new Float32Array(length), at: 0, dull: 0 }))
  const outputs = new Float32Array(lines.length)
  const feedback = 0.86
  for (let sample = 0; sample < left.length; sample += 1) {
    const [dryLeft, dryRight] = [left[sample] ?? 0, right[sample] ?? 0]
    let sum = 0
    for (const [index, line] of lines.entries()) {
      line.dull += 0.36 * ((line.buffer[line.at] ?? 0) - line.dull)
      outputs[index] = line.dull
      sum += line.dull
    }
    const spread = sum / 4
    let [wetLeft, wetRight] = [0, 0]
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index]
      const output = outputs[index] ?? 0
      if (!line) continue
      // Householder's mirror: every line hears all others, and no energy is won or lost on the way.
      line.buffer[line.at] = (index % 2 === 0 ? dryLeft : dryRight) * 0.5 + feedback * (output - spread)
      line.at = line.at + 1 === line.buffer.length ? 0 : line.at + 1
      if (index % 2 === 0) wetLeft += output
      else wetRight += output
    }
    left[sample] = dryLeft * (1 - share * 0.5) + wetLeft * share
    right[sample] = dryRight * (1 - share * 0.5) + wetRight * share
  }
}

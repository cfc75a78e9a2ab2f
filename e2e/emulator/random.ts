import { createHash } from 'node:crypto'

/**
 * A number from 0 to below 1 that depends on nothing but the seed and the name of the draw. Draws are named after what
 * they decide, so that calls may arrive in any order and a seed still strikes the same ones.
 */
export function draw(seed: number, ...name: (string | number)[]): number {
  return (
    createHash('sha256')
      .update(JSON.stringify([seed, ...name]))
      .digest()
      .readUInt32BE(0) /
    2 ** 32
  )
}

/** At most one of several chances, by one number from 0 to below 1; undefined for none. */
export function pick<Chance extends { probability: number }>(
  chances: readonly Chance[],
  drawn: number,
): Chance | undefined {
  let reached = 0
  return chances.find(({ probability }) => {
    reached += probability
    return drawn < reached
  })
}

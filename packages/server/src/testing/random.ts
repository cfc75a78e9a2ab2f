/** A seeded source of randomness: the same seed gives the same run. */
export interface Random {
  /** A number from 0 to below 1. */
  next(): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  /** One of the items. */
  pick<T>(items: readonly T[]): T
}

/** Creates the generator mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    chance: (probability) => next() < probability,
    below: (limit) => Math.floor(next() * limit),
    pick<T>(items: readonly T[]): T {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}

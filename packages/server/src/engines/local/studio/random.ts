/** A stream of numbers that depends on its keys alone: the same keys give the same stream on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  between(low: number, high: number): number
  /** A whole number, both ends included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** A new list in another order. */
  shuffle<Item>(items: readonly Item[]): Item[]
  /** Mean 0, standard deviation 1. */
  normal(): number
}

/** A whole number of 32 bits that changes wholly with any change of the text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Starts a stream (the sfc32 generator) from any number of keys. */
export function createRandom(...keys: (string | number)[]): Random {
  const text = keys.join('\u0000')
  let a = hashText(`a${text}`)
  let b = hashText(`b${text}`)
  let c = hashText(`c${text}`)
  let counter = 1

  function next(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 12; round += 1) next()

  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, whole(0, items.length - 1)),
    shuffle(items) {
      const rest = [...items]
      return items.map(() => at(rest.splice(whole(0, rest.length - 1), 1), 0))
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** The item at a place of a list, the list taken as a ring; throws only when the list is empty. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[((index % items.length) + items.length) % items.length]
  if (item === undefined) throw new RangeError('The list is empty')
  return item
}

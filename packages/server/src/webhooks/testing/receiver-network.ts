import { FetchRefused } from '../../network/fetch-refused.ts'
import type { PostAnswer, SafePost } from '../../network/safe-post.ts'
import type { Random } from '../../testing/random.ts'

/** Receivers by what they do: take all, fail now and then, fail always, or leave everybody waiting. */
export const MOODS = ['good', 'flaky', 'broken', 'stuck'] as const
export type Mood = (typeof MOODS)[number]

/** A world of receivers, each at the host of its mood, and what they took. */
export interface ReceiverNetwork {
  post: SafePost
  /** Deliveries that were answered with 2xx, and how often. */
  taken: Map<string, number>
  /** Lets one that waits have its answer. */
  openGate(): void
  waiting(): number
  /** From now on all are good. */
  heal(): void
}

/** Creates the network. `onPost` is told of every delivery that arrives. */
export function createReceiverNetwork(random: Random, onPost: (deliveryId: string) => void): ReceiverNetwork {
  const taken = new Map<string, number>()
  const gates: (() => void)[] = []
  let isHealed = false

  const pass = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      gates.push(resolve)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })

  function answer(mood: string): PostAnswer {
    const isTaken = isHealed || mood === 'good' || (mood !== 'broken' && random.chance(0.5))
    if (!isTaken && random.chance(0.4)) throw new FetchRefused('it did not answer in time')
    return { status: isTaken ? 204 : random.pick([302, 404, 429, 500, 503]), excerpt: Buffer.from('x') }
  }

  return {
    taken,
    waiting: () => gates.length,
    openGate: () => gates.shift()?.(),
    heal() {
      isHealed = true
      for (const open of gates.splice(0)) open()
    },
    async post(url, { headers }, _limits, signal) {
      const id = headers['webhook-id'] ?? ''
      onPost(id)
      const mood = new URL(url).hostname.split('.')[0] ?? ''
      if (!isHealed && (mood === 'stuck' || random.chance(0.3))) await pass(signal)
      const given = answer(mood)
      if (given.status < 300) taken.set(id, (taken.get(id) ?? 0) + 1)
      return given
    },
  }
}

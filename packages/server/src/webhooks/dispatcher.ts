import { attemptDelivery, type DeliveryDependencies } from './attempt-delivery.ts'
import { claimDeliveries } from './claim-deliveries.ts'

/** Attempts this node has under way at once. */
const MAX_ATTEMPTS = 256

/** Delivers the webhooks of the outbox. */
export interface Dispatcher {
  /** Claims what is due and can be attempted now, and sets it going; answers how many endpoints were looked at. */
  claim(): Promise<number>
  /** Resolves when no attempt is under way on this node. */
  idle(): Promise<void>
  /** Breaks off what is under way and gives it back. */
  abort(): void
}

/** Creates the dispatcher of a node; a loop calls it. `onAttemptDone` is called whenever there is room again. */
export function createDispatcher(of: DeliveryDependencies, node: string, onAttemptDone: () => void): Dispatcher {
  const running = new Set<Promise<void>>()
  const stop = new AbortController()
  return {
    async claim() {
      const limit = MAX_ATTEMPTS - running.size
      if (limit <= 0 || stop.signal.aborted) return 0
      const { claimed, looked } = await claimDeliveries(of.database, { node, limit, nowMs: of.clock.now() })
      for (const delivery of claimed) {
        const attempt = attemptDelivery(of, delivery, stop.signal)
          .catch((error: unknown) => {
            of.log.error({ deliveryId: delivery.deliveryId, err: error }, 'an attempt could not be made or recorded')
          })
          .finally(() => {
            running.delete(attempt)
            onAttemptDone()
          })
        running.add(attempt)
      }
      return looked
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    abort() {
      stop.abort(new Error('the node stops'))
    },
  }
}

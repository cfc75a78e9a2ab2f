import { attemptDelivery, type DeliveryDependencies } from './attempt-delivery.ts'
import { claimDeliveries } from './claim-deliveries.ts'

/** Attempts a node may have under way at once: in all, and of one account, so that one whose receivers hang leaves room. */
export interface AttemptLimits {
  total: number
  anAccount: number
}

const LIMITS: AttemptLimits = { total: 1_024, anAccount: 256 }

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
export function createDispatcher(
  of: DeliveryDependencies,
  node: string,
  onAttemptDone: () => void,
  limits: AttemptLimits = LIMITS,
): Dispatcher {
  const running = new Map<Promise<void>, string>()
  const roomOf = (accountId: string) =>
    limits.anAccount - [...running.values()].filter((owner) => owner === accountId).length
  const stop = new AbortController()
  return {
    async claim() {
      const limit = limits.total - running.size
      if (limit <= 0 || stop.signal.aborted) return 0
      const { claimed, looked } = await claimDeliveries(of.database, { node, limit, roomOf, nowMs: of.clock.now() })
      for (const delivery of claimed) {
        const attempt = attemptDelivery(of, delivery, stop.signal)
          .catch((error: unknown) => {
            of.log.error({ deliveryId: delivery.deliveryId, err: error }, 'an attempt could not be made or recorded')
          })
          .finally(() => {
            running.delete(attempt)
            onAttemptDone()
          })
        running.set(attempt, delivery.accountId)
      }
      return looked
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.keys())
    },
    abort() {
      stop.abort(new Error('the node stops'))
    },
  }
}

import { nextMessage, startPinned } from './pinned-process.ts'

/** Addresses of loopback (127.0.0.0/8) that answer, and that never do. */
export interface ReceiverOrder {
  healthy: readonly string[]
  hanging: readonly string[]
}

/** A receiver of webhooks in a process of its own. */
export interface Receiver {
  urls: readonly string[]
  /** Resolves when so many webhooks have been received by those that answer. */
  receive(count: number): Promise<void>
  stop(): void
}

/** Starts a receiver, on the core of the load. */
export async function startReceiver(order: ReceiverOrder): Promise<Receiver> {
  const program = new URL('./receiver-process.ts', import.meta.url).pathname
  const child = startPinned('load', [program, JSON.stringify(order)])
  const urls = await nextMessage<string[]>(child)
  return {
    urls,
    async receive(count) {
      const all = nextMessage(child)
      child.send(count)
      await all
    },
    stop: () => child.disconnect(),
  }
}

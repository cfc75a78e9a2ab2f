import { type CallOptions, toCallOptions } from './call-options.ts'
import { type ListOptions, listPages } from './http/list-pages.ts'
import { openEvents } from './http/open-events.ts'
import type { Transport } from './http/transport.ts'
import { requestPath } from './request-path.ts'
import type { Delivery, DeliveryLog } from './wire/deliveries.ts'

/** What listing webhooks takes. */
export interface ListDeliveriesOptions extends ListOptions {
  /** Only webhooks in this state; `dead` ones were given up. */
  state?: Delivery['state'] | undefined
}

/** What listening takes. */
export interface ListenOptions extends CallOptions {
  /** Id of the last webhook that was seen; what came after it is told first. */
  lastEventId?: string | undefined
  /** Told each time the stream is open: what ends from now on is not missed. */
  onReady?: (() => void) | undefined
  /** Told how many webhooks behind `lastEventId` are too old to be told: their requests are still in the history. */
  onGap?: ((missed: number) => void) | undefined
}

/** A webhook as a receiver gets it. */
export interface LiveWebhook {
  /** For `lastEventId`. */
  id: string
  /** Signed as they are; to be passed on unaltered. */
  headers: Record<string, string>
  /** The raw body, byte for byte what was signed. */
  body: string
}

/** The log of webhooks. */
export interface Deliveries {
  /** Webhooks of the account, newest first. */
  list(options?: ListDeliveriesOptions): AsyncGenerator<Delivery, void, undefined>
  /** The webhooks of one request with every attempt. */
  ofRequest(requestId: string, options?: CallOptions | AbortSignal): Promise<DeliveryLog[]>
  /** Sends one again, with the same id. Safe to repeat. */
  redeliver(deliveryId: string, options?: CallOptions | AbortSignal): Promise<Delivery>
  /** Every webhook as it comes, signed, until aborted; reconnects by itself. For receivers without an address. */
  listen(options?: ListenOptions): AsyncGenerator<LiveWebhook, void, undefined>
}

/** Makes the calls of webhooks. */
export function createDeliveries(transport: Transport): Deliveries {
  return {
    list: ({ state, ...options } = {}) =>
      listPages<Delivery>(transport, { path: '/v1/deliveries', query: { state } }, options),
    async ofRequest(requestId, options) {
      const call = { ...toCallOptions(options), path: requestPath(requestId, '/deliveries'), generationId: requestId }
      return (await transport.json<{ data: DeliveryLog[] }>(call)).body.data
    },
    async redeliver(deliveryId, options) {
      const path = `/v1/deliveries/${encodeURIComponent(deliveryId)}/redeliver`
      return (await transport.json<Delivery>({ ...toCallOptions(options), method: 'POST', path })).body
    },
    async *listen({ onReady, onGap, ...options } = {}) {
      const call = { ...options, path: '/v1/webhooks/events', isEndless: true }
      for await (const { event, data, id = '' } of openEvents(transport, call)) {
        if (event === 'ready') onReady?.()
        if (event === 'gap') onGap?.((JSON.parse(data) as { missed: number }).missed)
        if (event === 'webhook') yield { id, ...(JSON.parse(data) as Omit<LiveWebhook, 'id'>) }
      }
    },
  }
}

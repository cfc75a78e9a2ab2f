import assert from 'node:assert/strict'
import { type Receiver, startReceiver } from '../testing/receiver.ts'

/** How a receiver behaves: well, badly at first, or as one that wants no more webhooks at all. */
export type HookKind = 'good' | 'flaky' | 'gone'

/** What receivers have heard of one request. */
export interface Heard {
  /** Webhooks that were answered with 2xx. */
  taken: number
  /** Webhooks that came, whatever was answered. */
  came: number
  /** Statuses they told, as a set: `OK` or `ERROR`, never both. */
  statuses: ReadonlySet<string>
}

interface Tally {
  taken: number
  came: number
  statuses: Set<string>
  ids: Set<string>
}

/** Receivers of webhooks that count what comes. */
export class Hooks {
  readonly #receivers: Record<HookKind, Receiver>
  readonly #heard = new Map<string, Tally>()

  private constructor(receivers: Record<HookKind, Receiver>) {
    this.#receivers = receivers
  }

  /** Starts them. A flaky one breaks the connection or answers 500 to three in ten first calls, so that one try more is enough. */
  static async start(random: () => number): Promise<Hooks> {
    const [good, flaky, gone] = [await startReceiver(), await startReceiver(), await startReceiver()]
    const hooks = new Hooks({ good, flaky, gone })
    for (const kind of ['good', 'flaky', 'gone'] as const) {
      const receiver = hooks.#receivers[kind]
      receiver.react = (response) => {
        const tally = hooks.#count(receiver)
        const draw = kind === 'flaky' && tally.came === 1 ? random() : 1
        if (draw < 0.15) return void response.socket?.destroy()
        const status = draw < 0.3 ? 500 : kind === 'gone' ? 410 : 200
        if (status === 200) tally.taken += 1
        response.writeHead(status).end()
      }
    }
    return hooks
  }

  url(kind: HookKind): string {
    return this.#receivers[kind].url
  }

  /** Requests that any webhook was about. */
  get requestIds(): Iterable<string> {
    return this.#heard.keys()
  }

  of(requestId: string): Heard {
    return this.#heard.get(requestId) ?? { taken: 0, came: 0, statuses: new Set() }
  }

  #count({ received }: Receiver): Tally {
    const last = received.pop()
    assert.ok(last)
    const { request_id: id, status } = JSON.parse(last.body) as { request_id: string; status: string }
    const tally = this.#heard.get(id) ?? { taken: 0, came: 0, statuses: new Set(), ids: new Set() }
    this.#heard.set(id, tally)
    tally.came += 1
    tally.statuses.add(status)
    tally.ids.add(String(last.headers['x-clipia-webhook-id']))
    assert.equal(tally.ids.size, 1, `the webhook of ${id} came under two ids`)
    return tally
  }
}

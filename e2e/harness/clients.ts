import assert from 'node:assert/strict'
import { type Answer, assertError, modelPath } from '../testing/api.ts'
import type { NewAccount } from '../testing/create-account.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { WireError, WireResult, WireSubmitted } from '../testing/wire.ts'
import type { Fleet } from './fleet.ts'
import type { HookKind, Hooks } from './hooks.ts'

/** A generation somebody wants, with the idempotency key under which it is sent until it is answered. */
export interface Order {
  key: string
  account: NewAccount
  slug: string
  input: Record<string, unknown>
  hook: HookKind | null
  /** Whether it is canceled once it is answered. */
  isCanceled: boolean
}

/** An order that was answered. */
export interface Accepted {
  order: Order
  requestId: string
  cost: number
}

const ANSWER_LIMIT = { timeoutMs: 180_000, everyMs: 50 }

/** Careful clients: they send until they are answered, and remember every answer, to hold the server to it. */
export class Clients {
  readonly #fleet: Fleet
  readonly #hooks: Hooks
  readonly #random: () => number
  /** By idempotency key. */
  readonly accepted = new Map<string, Accepted>()
  /** Requests whose cancel was answered with 200: they are canceled for good. */
  readonly canceled = new Set<string>()
  readonly #ends = new Map<string, string>()
  /** Calls that a death cut off. */
  cutOff = 0
  /** Answers to a key that had been answered before, or committed unseen. */
  replayed = 0
  /** Submits that were answered with 503. */
  unavailable = 0
  /** Set while something the server needs was taken away: it may say 503 then, and only then. */
  isOutage = false

  constructor(fleet: Fleet, hooks: Hooks, random: () => number) {
    this.#fleet = fleet
    this.#hooks = hooks
    this.#random = random
  }

  /** Sends an order until it is answered, now and then once more, and cancels it where that is wanted. */
  async place(order: Order): Promise<void> {
    await waitFor(`an answer to ${order.key}`, () => this.send(order), ANSWER_LIMIT)
    if (this.#random() < 0.1) await this.send(order)
    if (order.isCanceled) await this.#cancel(order)
  }

  /** Sends an order once; answers undefined when there was no answer, or none that counts. */
  async send(order: Order): Promise<Accepted | undefined> {
    const { account, input, key, hook, slug } = order
    const body = hook === null ? { input } : { input, webhook_url: this.#hooks.url(hook) }
    const answer = await this.#call(account, 'post', modelPath(slug), body, { 'idempotency-key': key })
    if (answer === null) return undefined
    if (answer.status === 409) {
      // The first call of this key is under way on a node that was killed a moment ago.
      assertError(answer, 409, 'request_in_progress')
      return undefined
    }
    if (answer.status === 503) {
      this.unavailable += 1
      return undefined
    }
    assert.equal(answer.status, 200, `${key}: ${answer.text}`)
    return this.#remember(order, answer)
  }

  #remember(order: Order, answer: Answer): Accepted {
    const { request_id: requestId, cost } = answer.json<WireSubmitted>()
    const isReplay = answer.headers.get('idempotent-replayed') === 'true'
    if (isReplay) this.replayed += 1
    const before = this.accepted.get(order.key)
    if (before === undefined) {
      const accepted = { order, requestId, cost }
      this.accepted.set(order.key, accepted)
      return accepted
    }
    assert.equal(requestId, before.requestId, `${order.key} became two requests`)
    assert.ok(isReplay, `${order.key} was answered twice as if it were new`)
    return before
  }

  async #cancel({ key, account }: Order): Promise<void> {
    const id = this.accepted.get(key)?.requestId ?? ''
    const answer = await this.#call(account, 'post', `/v1/requests/${id}/cancel`, {})
    if (answer === null || answer.status === 503) return
    assert.ok([200, 202, 409].includes(answer.status), answer.text)
    if (answer.status === 200) this.canceled.add(id)
  }

  /** How a request ended, or undefined while it has not; an end that was told once must stay what it was. */
  async look({ requestId, order }: Accepted): Promise<WireResult | undefined> {
    const answer = await this.#call(order.account, 'get', `/v1/requests/${requestId}`)
    if (answer === null || answer.status === 503) return undefined
    assert.ok(answer.status === 200 || answer.status === 202, `${requestId}: ${answer.status} ${answer.text}`)
    const before = this.#ends.get(requestId)
    if (answer.status === 202) {
      assert.equal(before, undefined, `${requestId} had ended and runs again`)
      return undefined
    }
    const result = answer.json<WireResult>()
    const { status, cost, charged, error, completed_at } = result
    const end = JSON.stringify({ status, cost, charged, error, completed_at })
    assert.equal(end, before ?? end, `the end of ${requestId} changed`)
    this.#ends.set(requestId, end)
    return result
  }

  /** A call through any node; null when a death cut it off. */
  async #call(
    account: NewAccount,
    method: 'get' | 'post',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer | null> {
    const api = this.#fleet.api(account, Math.floor(this.#random() * 1_000))
    const call = method === 'get' ? api.get(path) : api.post(path, body, headers)
    const answer = await call.catch(() => null)
    if (answer === null) this.cutOff += 1
    const id = answer?.headers.get('x-request-id') ?? ''
    assert.notEqual(answer?.status, 500, `${path}: ${answer?.text} ${this.#fleet.logsOf(id)}`)
    if (answer?.status === 503) {
      assert.equal(answer.json<WireError>().error.code, 'service_unavailable', answer.text)
      assert.ok(this.isOutage, `503 although nothing was taken away: ${answer.text}`)
    }
    return answer
  }
}

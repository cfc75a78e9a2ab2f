import assert from 'node:assert/strict'
import { createAccount } from '../accounts/create-account.ts'
import { INVARIANTS } from '../audit/invariants.ts'
import { toMicro } from '../credits/amount.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { cancelGeneration } from '../generations/cancel-generation.ts'
import type { StoredOutput } from '../generations/generation.ts'
import { getStatus } from '../generations/get-status.ts'
import { hearCallback } from '../generations/hear-callback.ts'
import { readStoredJob } from '../generations/stored-job.ts'
import { submitGeneration } from '../generations/submit-generation.ts'
import { createIdentifiers } from '../identifiers.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { createKey } from '../keys/create-key.ts'
import { listKeys } from '../keys/list-keys.ts'
import { revokeKey } from '../keys/revoke-key.ts'
import { updateKey } from '../keys/update-key.ts'
import { MediaUnusable } from '../media/collect.ts'
import { createManualClock } from './manual-clock.ts'
import { MODELS, RECOVERIES } from './model-models.ts'
import { createModelNode, type ModelNode } from './model-node.ts'
import { NodeDied } from './mortal-database.ts'
import type { Random } from './random.ts'
import { type Recovery, UPSTREAM_CAPACITY, Upstream } from './upstream.ts'

/** What an accepted submit promised. */
interface Promised {
  key: ApiKey
  position: number
  terminal: string | null
}

/** The world of one run: a database, providers, nodes that die and come back, and what was promised to callers. */
export class ModelRun {
  readonly #random: Random
  readonly #database: Database
  readonly #clock = createManualClock()
  readonly #upstreams: Map<Recovery, Upstream>
  readonly #promised = new Map<string, Promised>()
  readonly #idempotent = new Map<string, string>()
  readonly #maxConcurrency = new Map<string, number>()
  readonly #pending = new Set<Promise<unknown>>()
  /** Requests that were seen on another route than their first. */
  readonly #moved = new Set<string>()
  #nodes: ModelNode[] = []
  #keys: ApiKey[] = []
  #deathRate = 0.002
  deaths = 0

  constructor(database: Database, random: Random) {
    this.#database = database
    this.#random = random
    this.#upstreams = new Map(RECOVERIES.map((recovery) => [recovery, new Upstream(random, recovery)]))
  }

  get moved(): number {
    return this.#moved.size
  }

  get accepted(): number {
    return this.#promised.size
  }

  /** Two accounts with several keys, two nodes. */
  async begin(): Promise<void> {
    const of = { database: this.#database, clock: this.#clock, identifiers: createIdentifiers(this.#clock) }
    for (const keys of [3, 1]) {
      const accountId = await createAccount(of, 'Model')
      await grantCredits(this.#database, this.#clock, { accountId, amount: toMicro(5_000) })
      for (let index = 0; index < keys; index += 1) {
        await createKey(of, { accountId, mode: 'live', concurrency: 1 + this.#random.below(4) })
      }
    }
    this.#keys = await listKeys(this.#database, null)
    for (const key of this.#keys) this.#maxConcurrency.set(key.keyId, key.concurrency)
    this.#nodes = [this.#createNode(), this.#createNode()]
  }

  #createNode(): ModelNode {
    return createModelNode({
      database: this.#database,
      clock: this.#clock,
      upstreams: [...this.#upstreams.values()],
      mayDie: (factor) => this.#random.chance(this.#deathRate * factor),
      collect: () => this.#collect(),
    })
  }

  async #collect() {
    if (this.#deathRate > 0 && this.#random.chance(0.1)) throw new Error('the media could not be fetched')
    if (this.#deathRate > 0 && this.#random.chance(0.02)) throw new MediaUnusable('broken')
    const output: StoredOutput = { type: 'image', images: [] }
    return { output, media: [] }
  }

  /** One random event; operations may still be under way when it returns. */
  async step(): Promise<void> {
    const node = this.#random.pick(this.#nodes)
    const event = this.#random.below(100)
    if (event < 28) this.#spawn(this.#submit(node))
    else if (event < 62) this.#spawn(node.worker.claim())
    else if (event < 74) this.#clock.advance(this.#random.pick([1, 400, 1_000, 5_000, 31_000]))
    else if (event < 84) for (const upstream of this.#upstreams.values()) upstream.advance()
    else if (event < 89) this.#spawn(this.#cancel(node))
    else if (event < 92) this.#spawn(this.#callBack(node))
    else if (event < 94) this.#openGate()
    else if (event < 96) this.#spawn(node.duty.run())
    else if (event < 97) this.#spawn(this.#changeKey(node))
    else if (event < 98) node.database.die()
    else await this.#settle()
    for (let turn = this.#random.below(4); turn > 0; turn -= 1) await new Promise(setImmediate)
    this.#nodes = this.#nodes.map((each) => {
      if (!each.database.isDead()) return each
      this.deaths += 1
      return this.#createNode()
    })
  }

  #spawn(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => {
        if (!(error instanceof NodeDied || error instanceof ClipiaError)) throw error
      })
      .finally(() => this.#pending.delete(tracked))
    this.#pending.add(tracked)
  }

  #openGate(): void {
    for (const upstream of this.#upstreams.values()) upstream.gates.shift()?.()
  }

  /** Lets everything that is under way come to its end. */
  async #settle(): Promise<void> {
    while (this.#pending.size > 0 || [...this.#upstreams.values()].some(({ gates }) => gates.length > 0)) {
      this.#openGate()
      await Promise.race([...this.#pending, new Promise(setImmediate)])
    }
    await Promise.all(this.#nodes.map(({ worker }) => worker.idle()))
  }

  async #submit({ services }: ModelNode): Promise<void> {
    const key = this.#random.pick(this.#keys)
    const idempotencyKey = this.#random.chance(0.5) ? `k${this.#random.below(400)}` : undefined
    const number =
      idempotencyKey === undefined ? this.#random.below(MODELS.length) : idempotencyKey.length % MODELS.length
    const slug = MODELS[number]?.slug ?? ''
    const rawInput = { prompt: 'x' }
    const accepted = await submitGeneration(services, { key, slug, rawInput, idempotencyKey, rateRefusal: null })
    const { requestId, queuePosition } = accepted
    if (idempotencyKey !== undefined) {
      const name = `${key.accountId} ${idempotencyKey}`
      const first = this.#idempotent.get(name)
      assert.ok(first === undefined || first === requestId, `${name} led to two requests`)
      this.#idempotent.set(name, requestId)
    }
    if (this.#promised.has(requestId)) return
    const position = accepted.isReplay ? Number.MAX_SAFE_INTEGER : queuePosition
    this.#promised.set(requestId, { key, position, terminal: null })
  }

  async #cancel({ services }: ModelNode): Promise<void> {
    const chosen = this.#pickPromised()
    if (chosen !== null) await cancelGeneration(services, chosen[1].key, chosen[0])
  }

  /** A provider says that it has news of one of its jobs, once or again, of now or of long ago. */
  async #callBack({ services }: ModelNode): Promise<void> {
    const calls = this.#callbacks().slice(-40)
    if (calls.length === 0) return
    const { start, body } = this.#random.pick(calls)
    await hearCallback(services, start, { headers: {}, body })
  }

  #callbacks() {
    return [...this.#upstreams.values()].flatMap(({ callbacks }) => callbacks)
  }

  #pickPromised(): [string, Promised] | null {
    const recent = [...this.#promised].slice(-60)
    return recent.length === 0 ? null : this.#random.pick(recent)
  }

  async #changeKey({ database }: ModelNode): Promise<void> {
    const { keyId } = this.#random.pick(this.#keys)
    const concurrency = 1 + this.#random.below(5)
    this.#maxConcurrency.set(keyId, Math.max(concurrency, this.#maxConcurrency.get(keyId) ?? 0))
    const of = { database, clock: this.#clock }
    await updateKey(of, keyId, { concurrency })
    if (this.#random.chance(0.02) && keyId !== this.#keys[0]?.keyId) await revokeKey(of, keyId)
  }

  /** What must hold at every moment. */
  async check(): Promise<void> {
    for (const { name, sql } of INVARIANTS) assert.deepEqual(await this.#database.read(sql), [], name)
    const running = await this.#database.read<{ key_id: string; n: number }>(
      `SELECT key_id, count(*) AS n FROM queue WHERE stage = 'claimed' GROUP BY key_id`,
    )
    for (const { key_id: keyId, n } of running) assert.ok(n <= (this.#maxConcurrency.get(keyId) ?? 0), 'concurrency')
    await this.#checkRoutes()
    const upstreams = [...this.#upstreams.values()]
    for (const upstream of upstreams) {
      for (const { requestId } of upstream.jobs) {
        assert.ok(upstream.rendersOf(requestId) <= 1, `${requestId} was bought twice`)
        const paid = upstreams.reduce((sum, each) => sum + each.paidRendersOf(requestId), 0)
        assert.ok(paid <= 1, `${requestId} is paid for at two providers`)
      }
    }
    for (const [requestId, promised] of [...this.#promised].slice(-40)) await this.#checkStatus(requestId, promised)
  }

  /** A pool is the engine of the current route, and no pool runs more than its provider takes. */
  async #checkRoutes(): Promise<void> {
    const rows = await this.#database.read<{
      request_id: string
      pool: string
      route: number
      stage: string
      job: string
    }>(
      'SELECT q.request_id, q.pool, q.route, q.stage, r.job FROM queue q JOIN requests r ON r.request_id = q.request_id',
    )
    for (const row of rows) {
      assert.equal(readStoredJob(row.job).routes[row.route]?.engine, row.pool)
      if (row.route > 0) this.#moved.add(row.request_id)
    }
    for (const recovery of RECOVERIES) {
      const running = rows.filter(({ pool, stage }) => pool === recovery && stage === 'claimed').length
      assert.ok(running <= UPSTREAM_CAPACITY, `${recovery} runs ${running}`)
    }
  }

  async #checkStatus(requestId: string, promised: Promised): Promise<void> {
    const { status, queuePosition, completedAt } = await getStatus(this.#database, promised.key, requestId)
    if (queuePosition !== null) {
      assert.ok(queuePosition <= promised.position, `the position of ${requestId} grew`)
      promised.position = queuePosition
    }
    if (promised.terminal !== null) assert.equal(`${status} ${completedAt}`, promised.terminal)
    if (completedAt !== null) promised.terminal = `${status} ${completedAt}`
  }

  /** Heals everything and proves that what was accepted came to its end, bought once at most. */
  async end(): Promise<Map<string, number>> {
    this.#deathRate = 0
    for (const upstream of this.#upstreams.values()) upstream.isFaulty = false
    await this.#settle()
    this.#nodes = [this.#createNode()]
    for (let round = 0; (await this.#countAlive()) > 0; round += 1) {
      assert.ok(round < 5_000, 'the queue comes to an end')
      for (const upstream of this.#upstreams.values()) upstream.advance()
      for (const { worker, services, duty } of this.#nodes) {
        if (round === 0)
          for (const { start, body } of this.#callbacks()) await hearCallback(services, start, { headers: {}, body })
        await worker.claim()
        await duty.run()
      }
      await this.#settle()
      this.#clock.advance(2_000)
    }
    await this.check()
    const endings = new Map<string, number>()
    for (const [requestId, promised] of this.#promised) {
      await this.#checkStatus(requestId, promised)
      const ending = promised.terminal?.split(' ')[0] ?? ''
      assert.match(ending, /^(COMPLETED|FAILED|CANCELED)$/)
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
      const renders = [...this.#upstreams.values()].reduce(
        (sum, upstream) => sum + upstream.paidRendersOf(requestId),
        0,
      )
      if (ending === 'COMPLETED') assert.equal(renders, 1)
    }
    return endings
  }

  async #countAlive(): Promise<number> {
    return (await this.#database.read<{ n: number }>('SELECT count(*) AS n FROM queue'))[0]?.n ?? 0
  }
}

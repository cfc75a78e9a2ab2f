import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { modelPath } from '../testing/api.ts'
import { assertAuditClean } from '../testing/books.ts'
import type { DatabaseKind } from '../testing/databases.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Clipia, startClipia } from '../testing/start-clipia.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { WireSubmitted } from '../testing/wire.ts'
import type { Accepted, Order } from './clients.ts'
import { EMULATED_SLUG } from './misbehaviour.ts'
import { type Stage, setStage } from './stage.ts'
import { type Counts, verify } from './verify.ts'

/** Deaths at counted statements of one story: a submit with a webhook, its render, its end, its delivery. */
export interface StatementDeaths {
  kind: DatabaseKind
  seed: number
  /** Every how many statements one is chosen; 1 is all of them. */
  every: number
}

/** What such a run saw. */
export interface StatementCounts extends Counts {
  /** Statements of a story that nobody interrupts. */
  statements: number
  /** Stories that were over before their statement came: at least the last. */
  survived: number
  /** Different pairs of neighbouring statements between which a process died. */
  gaps: number
}

const DIE_AT = fileURLToPath(new URL('./die-at.ts', import.meta.url))
const NEVER = 1_000_000

/** Tells stories to processes that die at the n-th statement, for each n that is chosen, before it and after it. */
export async function runStatementDeaths({ kind, seed, every }: StatementDeaths): Promise<StatementCounts> {
  const { environment, dispose } = await kind.prepare()
  const stage = await setStage({ seed, nodes: 1, recovery: 'findable', isEngineFlaky: false, environment })
  const teller = new Teller(stage, environment.CLIPIA_DATABASE_URL)
  try {
    const statements = await teller.tell(NEVER, 'before')
    const first = 1 + Math.floor(stage.random() * every)
    let survived = 0
    for (let n = first; n <= statements || survived === 0; n += every) {
      for (const side of ['before', 'after'] as const) {
        const count = await teller.tell(n, side)
        if (count < n) survived += 1
      }
    }
    const counts = await verify(stage)
    await stage.close()
    return { ...counts, kills: teller.deaths, statements, survived, gaps: teller.gaps.size }
  } finally {
    await stage.emulator.close()
    await dispose()
  }
}

/** Tells one story after another to processes that are to die of it, each time to the end by one that lives on. */
class Teller {
  readonly #stage: Stage
  readonly #databaseUrl: string | undefined
  readonly gaps = new Set<string>()
  deaths = 0

  constructor(stage: Stage, databaseUrl: string | undefined) {
    this.#stage = stage
    this.#databaseUrl = databaseUrl
  }

  /** Answers how many statements were counted: n if the process died of them, fewer if the story was over before. */
  async tell(n: number, side: 'before' | 'after'): Promise<number> {
    const { fleet, orders, accounts, clients } = this.#stage
    await fleet.first.kill()
    const log = join(scratchFolder('statements'), 'log')
    const doomed = await this.#start({ DIE_AT: String(n), DIE_SIDE: side, DIE_LOG: log }, ['--import', DIE_AT])
    const [account] = accounts
    assert.ok(account)
    const { length } = orders
    const input = { prompt: `killed ${side} statement ${n}` }
    const order: Order = {
      key: `story-${length}`,
      account,
      slug: EMULATED_SLUG,
      input,
      hook: 'good',
      isCanceled: false,
    }
    orders.push(order)
    const hasDied = await Promise.race([this.#submitArmed(order, doomed), this.#death(doomed)])
    const statements = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []
    if (!hasDied) await doomed.kill()
    else {
      // While the answer to the n-th came, another connection may have begun one more.
      assert.ok(statements.length >= n, `the process died of something else, at ${statements.length} of ${n}`)
      this.deaths += 1
      const [last, next] = side === 'before' ? statements.slice(-2) : [statements.at(-1), side]
      this.gaps.add(`${last?.replace(/^\d+ /, '')} | ${next?.replace(/^\d+ /, '')}`)
    }
    await this.#endLeases()
    await this.#start({}, [])
    const accepted = await waitFor(`an answer to ${order.key}`, () => clients.send(order))
    await waitFor(`the end of ${order.key}`, () => this.#isDelivered(accepted), { timeoutMs: 60_000, everyMs: 50 })
    assert.equal(this.#stage.emulator.stats().renders[accepted.requestId], 1, `${order.key} (${side} ${n})`)
    if (length % 20 === 0) await assertAuditClean(fleet.first)
    return statements.length
  }

  async #start(variables: Record<string, string>, nodeFlags: string[]): Promise<Clipia> {
    const { fleet } = this.#stage
    const environment = { ...fleet.first.environment, ...variables }
    for (const name of ['DIE_AT', 'DIE_SIDE', 'DIE_LOG']) if (!(name in variables)) delete environment[name]
    const clipia = await startClipia({ dataDir: fleet.dataDir, environment, nodeFlags })
    fleet.nodes[0] = clipia
    return clipia
  }

  /** Submits to a process from here on counted; answers false once the story is over and the process still lives. */
  async #submitArmed(order: Order, doomed: Clipia): Promise<false> {
    const { clients, fleet, hooks } = this.#stage
    const body = { input: order.input, webhook_url: hooks.url('good') }
    const headers = { 'idempotency-key': order.key, 'x-die-armed': 'yes' }
    const api = fleet.api(order.account, 0)
    const answer = await api.post(modelPath(order.slug), body, headers).catch(() => null)
    if (answer === null) return new Promise(() => {})
    const { request_id: requestId, cost } = answer.json<WireSubmitted>()
    const accepted = { order, requestId, cost }
    clients.accepted.set(order.key, accepted)
    const hasEnded = () => doomed.process.exitCode !== null || doomed.process.signalCode !== null
    await waitFor('the story, or a death', () => hasEnded() || this.#isDelivered(accepted), {
      timeoutMs: 60_000,
      everyMs: 150,
    })
    return hasEnded() ? new Promise(() => {}) : false
  }

  async #death(doomed: Clipia): Promise<true> {
    while (doomed.process.exitCode === null && doomed.process.signalCode === null) await delay(10)
    assert.equal(doomed.process.signalCode, 'SIGKILL')
    return true
  }

  async #isDelivered(accepted: Accepted): Promise<true | undefined> {
    const { clients, fleet } = this.#stage
    const end = await clients.look(accepted)
    if (end === undefined) return undefined
    const path = `/v1/requests/${accepted.requestId}/deliveries`
    const answer = await fleet
      .api(accepted.order.account, 0)
      .get(path)
      .catch(() => null)
    return answer?.json<{ data: { state: string }[] }>().data[0]?.state === 'delivered' ? true : undefined
  }

  /** On PostgreSQL nobody knows that the process is dead, and its leases last 30 seconds and more: ends them. */
  async #endLeases(): Promise<void> {
    if (this.#databaseUrl === undefined) return
    const client = new pg.Client({ connectionString: this.#databaseUrl })
    await client.connect()
    await client.query(`UPDATE queue SET due_at = 0 WHERE stage = 'claimed'`)
    await client.query(`UPDATE deliveries SET due_at = 0 WHERE state = 'pending'`)
    await client.query('UPDATE webhook_endpoints SET next_at = 0 WHERE next_at IS NOT NULL')
    await client.end()
  }
}

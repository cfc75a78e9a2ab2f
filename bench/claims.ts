/**
 * Does a claim, or a status read, take longer with a longer queue, more tenants, or more history? All sizes are measured in the
 * same run, interleaved: queues of each length on a database with 10,000 requests of history, and the shortest queue again
 * beside 1,000,000 (100,000 in the short form). The reference is the shortest queue beside the smallest history.
 *
 * `npm run bench -- claims [--full]`. Goal: flat within 1.3.
 */
import type { Database } from '../packages/server/src/database/database.ts'
import { claimReady } from '../packages/server/src/generations/claim-ready.ts'
import { getStatus } from '../packages/server/src/generations/get-status.ts'
import { DATABASES, type TestDatabase } from '../packages/server/src/testing/databases.ts'
import { backlogRequestId, fillQueue } from '../packages/server/src/testing/fill-queue.ts'
import { type Finding, IS_SHORT, keepResult, median, print } from './measuring/report.ts'

interface Size {
  pool: string
  /** Ready requests. */
  count: number
  accounts: number
  /** Requests that are over, in the same database. */
  history: number
}

const SMALL_HISTORY = 10_000
const LARGE_HISTORY = IS_SHORT ? 100_000 : 1_000_000
const BATCH = 4
const ROUNDS = IS_SHORT ? 60 : 200

const size = (pool: string, count: number, accounts: number, history = SMALL_HISTORY): Size => ({
  pool,
  count,
  accounts,
  history,
})
const BASE = size('queued1k', 1_000, 10)
const SIZES: readonly Size[] = [
  BASE,
  size('queued100k', 100_000, 10),
  ...(IS_SHORT ? [] : [size('queued1m', 1_000_000, 10)]),
  size('tenants10k', 100_000, 10_000),
  size('beside-history', 1_000, 10, LARGE_HISTORY),
]

/** A database with requests that are over, and the queues of the sizes beside them. */
async function fill(test: TestDatabase, history: number, isVacuumed: boolean): Promise<Database> {
  const database = test.open()
  await fillQueue(database, { pool: 'history', count: history, accounts: 10, nowMs: Date.now() })
  await database.write(`DELETE FROM queue WHERE pool = 'history'`)
  for (const { history: of, ...backlog } of SIZES) {
    if (of === history) await fillQueue(database, { ...backlog, nowMs: Date.now() })
  }
  if (isVacuumed) await database.write('VACUUM ANALYZE')
  return database
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function measure(
  databases: ReadonlyMap<number, Database>,
): Promise<Map<Size, { claims: number[]; reads: number[] }>> {
  const times = new Map(SIZES.map((of) => [of, { claims: [] as number[], reads: [] as number[] }]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [{ pool, count, accounts, history }, { claims, reads }] of times) {
      const database = databases.get(history)
      if (database === undefined) throw new Error('no database of this size')
      const claim = { pool, node: 'bench', limit: BATCH, capacity: null, nowMs: Date.now() }
      claims.push(await timed(() => claimReady(database, claim)))
      // The last request of the first account is still in the queue.
      const viewer = { accountId: `${pool}-account-1`, mode: 'live' } as const
      reads.push(await timed(() => getStatus(database, viewer, backlogRequestId(pool, count - accounts + 1))))
    }
  }
  return times
}

const findings: Finding[] = []
const kept: Record<string, unknown> = {}
for (const kind of DATABASES) {
  const tests = new Map<number, TestDatabase>()
  const databases = new Map<number, Database>()
  for (const history of [SMALL_HISTORY, LARGE_HISTORY]) {
    const test = await kind.create()
    tests.set(history, test)
    databases.set(history, await fill(test, history, kind.name === 'PostgreSQL'))
  }
  const times = [...(await measure(databases))].map(([of, { claims, reads }]) => ({
    ...of,
    claimMs: median(claims),
    statusMs: median(reads),
  }))
  const base = times.find(({ pool }) => pool === BASE.pool)
  if (base === undefined) throw new Error('the base was not measured')
  for (const { count, accounts, history, claimMs, statusMs } of times) {
    const words = `${count} ready, ${accounts} accounts, ${history} over`
    print(`  ${kind.name}: ${words}: claim ${claimMs.toFixed(2)} ms, status ${statusMs.toFixed(3)} ms`)
  }
  kept[kind.name] = times
  for (const [what, read] of [
    ['claim', (of: (typeof times)[number]) => of.claimMs],
    ['status read', (of: (typeof times)[number]) => of.statusMs],
  ] as const) {
    const slowest = times.reduce((left, right) => (read(right) > read(left) ? right : left))
    const ratio = read(slowest) / read(base)
    findings.push({
      question: `${what} at the worst size (${slowest.pool}), ${kind.name}`,
      ours: `${read(slowest).toFixed(3)} ms`,
      reference: `itself at ${BASE.count} ready beside ${SMALL_HISTORY} over: ${read(base).toFixed(3)} ms`,
      ratio,
      goal: '<= 1.30',
      isReached: ratio <= 1.3,
    })
  }
  for (const database of databases.values()) await database.close()
  for (const test of tests.values()) await test.remove()
}
keepResult('claims', findings, kept)

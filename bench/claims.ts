/**
 * Does a claim, or a status read, take longer with a longer queue or more tenants? Each size is measured in the same run
 * on the same database, interleaved; the reference is the smallest size. Goal: flat within 1.3.
 *
 * `npm run bench`, or `node bench/claims.ts [rounds]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Database } from '../packages/server/src/database/database.ts'
import { claimReady } from '../packages/server/src/generations/claim-ready.ts'
import { getStatus } from '../packages/server/src/generations/get-status.ts'
import { DATABASES } from '../packages/server/src/testing/databases.ts'
import { backlogRequestId, fillQueue } from '../packages/server/src/testing/fill-queue.ts'

const SIZES = [
  { pool: 'queued1k', count: 1_000, accounts: 10 },
  { pool: 'queued20k', count: 20_000, accounts: 10 },
  { pool: 'queued200k', count: 200_000, accounts: 10 },
  { pool: 'tenants1k', count: 200_000, accounts: 1_000 },
  { pool: 'tenants10k', count: 200_000, accounts: 10_000 },
] as const
const BATCH = 4
const rounds = Number(process.argv[2] ?? 100)

interface Timing {
  database: string
  pool: string
  claimMs: number
  claimRatio: number
  statusMs: number
  statusRatio: number
}

const print = (line: string) => void process.stdout.write(`${line}\n`)

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function measure(database: Database): Promise<Map<string, { claims: number[]; reads: number[] }>> {
  const times = new Map(SIZES.map(({ pool }) => [pool as string, { claims: [] as number[], reads: [] as number[] }]))
  const nowMs = Date.now()
  for (let round = 0; round < rounds; round += 1) {
    for (const { pool, count, accounts } of SIZES) {
      const { claims, reads } = times.get(pool) ?? { claims: [], reads: [] }
      claims.push(await timed(() => claimReady(database, { pool, node: 'bench', limit: BATCH, capacity: null, nowMs })))
      // The last request of the first account is still in the queue.
      const viewer = { accountId: `${pool}-account-1`, mode: 'live' } as const
      reads.push(await timed(() => getStatus(database, viewer, backlogRequestId(pool, count - accounts + 1))))
    }
  }
  return times
}

const results: Timing[] = []
for (const kind of DATABASES) {
  const test = await kind.create()
  const database = test.open()
  for (const size of SIZES) await fillQueue(database, { ...size, nowMs: Date.now() })
  if (kind.name === 'PostgreSQL') await database.write('VACUUM ANALYZE')
  const times = await measure(database)
  const base = times.get(SIZES[0].pool)
  const [claimBase, statusBase] = [median(base?.claims ?? []), median(base?.reads ?? [])]
  print(`\n${kind.name}: ${BATCH} claimed at a time, median of ${rounds}, ratio to ${SIZES[0].pool}`)
  for (const [pool, { claims, reads }] of times) {
    const [claimMs, statusMs] = [median(claims), median(reads)]
    const timing = { claimMs, claimRatio: claimMs / claimBase, statusMs, statusRatio: statusMs / statusBase }
    results.push({ database: kind.name, pool, ...timing })
    const { claimRatio, statusRatio } = timing
    print(
      `  ${pool.padEnd(12)} claim ${claimMs.toFixed(2)} ms  x${claimRatio.toFixed(2)}   status ${statusMs.toFixed(3)} ms  x${statusRatio.toFixed(2)}`,
    )
  }
  await database.close()
  await test.remove()
}
mkdirSync('bench/results', { recursive: true })
writeFileSync('bench/results/claims.json', `${JSON.stringify(results, null, 2)}\n`)

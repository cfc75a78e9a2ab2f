/**
 * How many generations a second does a node take through their whole life (submit, charge, claim, start, outcome, end, ledger,
 * slots) with an engine that is done at once? The references run an empty job of the same payload: graphile-worker and
 * pg-boss on the same PostgreSQL, BullMQ on a Redis that syncs. 64 callers add one by one; all take turns.
 *
 * `npm run bench -- full-cycle [--full]`. Goal: half of the fastest durable one on the same ground, though we keep the books.
 */
import { type Finding, IS_SHORT, keepResult, median } from './measuring/report.ts'
import { startQueues } from './queues/queues.ts'

const [rounds, count] = IS_SHORT ? [4, 1_000] : [8, 5_000]

const queues = await startQueues()
const rates = new Map(queues.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round <= rounds; round += 1) {
  for (const { name, measure } of queues) {
    const values = await measure({ kind: 'cycles', count })
    // The first round warms up.
    if (round > 0) rates.get(name)?.push(...values)
  }
}
for (const queue of queues) await queue.stop()

const rateOf = (name: string) => median(rates.get(name) ?? [])
const describe = (name: string) => `${name} ${Math.round(rateOf(name))}/s`
const findings = queues
  .filter(({ isOurs }) => isOurs)
  .map(({ name }): Finding => {
    // On PostgreSQL we stand beside what runs on the same server; on SQLite beside everything.
    const peers = queues.filter((peer) => !peer.isOurs && (name.includes('SQLite') || peer.name !== 'BullMQ'))
    const fastest = Math.max(...peers.map((peer) => rateOf(peer.name)))
    const ratio = rateOf(name) / fastest
    return {
      question: `full cycle with an engine that is done at once: ${name}`,
      ours: describe(name),
      reference: peers.map((peer) => describe(peer.name)).join('; '),
      ratio,
      goal: '>= 0.5 of the fastest',
      isReached: ratio >= 0.5,
    }
  })
keepResult('full-cycle', findings, Object.fromEntries(rates))

/**
 * How long after it was submitted does an idle node give a job to its engine? The references are queues adding an empty
 * job of the same payload and starting it: graphile-worker and pg-boss on the same PostgreSQL, BullMQ on a Redis that syncs.
 * All take turns; every queue has a process and a database of its own.
 *
 * `npm run bench -- start-latency [--full]`. Goal: a lower p50 than each on its ground.
 */
import { type Finding, IS_SHORT, keepResult, percentile } from './measuring/report.ts'
import { startQueues } from './queues/queues.ts'

const [rounds, count] = IS_SHORT ? [4, 30] : [10, 100]

const queues = await startQueues()
const latencies = new Map(queues.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round <= rounds; round += 1) {
  for (const { name, measure } of queues) {
    const values = await measure({ kind: 'starts', count })
    // The first round warms up.
    if (round > 0) latencies.get(name)?.push(...values)
  }
}
for (const queue of queues) await queue.stop()

const valuesOf = (name: string) => latencies.get(name) ?? []
const p50Of = (name: string) => percentile(valuesOf(name), 0.5)
const describe = (name: string) =>
  `${name} p50 ${p50Of(name).toFixed(2)} ms, p99 ${percentile(valuesOf(name), 0.99).toFixed(1)} ms`
const findings = queues
  .filter(({ isOurs }) => isOurs)
  .map(({ name }): Finding => {
    // On PostgreSQL we stand beside what runs on the same server; on SQLite beside everything.
    const peers = queues.filter((peer) => !peer.isOurs && (name.includes('SQLite') || peer.name !== 'BullMQ'))
    const best = Math.min(...peers.map((peer) => p50Of(peer.name)))
    return {
      question: `submit to engine start, idle: ${name}`,
      ours: describe(name),
      reference: peers.map((peer) => describe(peer.name)).join('; '),
      ratio: p50Of(name) / best,
      goal: 'a lower p50 than each',
      isReached: p50Of(name) < best,
    }
  })
keepResult('start-latency', findings, Object.fromEntries(latencies))

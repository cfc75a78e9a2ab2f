import { describe, test } from 'node:test'
import { runRandomKills } from './harness/random-kills.ts'
import { POSTGRESQL, SQLITE } from './testing/databases.ts'

/** The short form; `npm run crash` has the long one. */
const RUNS = [
  { kind: SQLITE, nodes: 1, recovery: 'blind', kills: 8 },
  { kind: POSTGRESQL, nodes: 3, recovery: 'findable', kills: 8 },
  { kind: POSTGRESQL, nodes: 3, recovery: 'idempotent', kills: 4 },
] as const

/** Nothing here may depend on how busy the machine is. */
const TIMEOUT_MS = 900_000

// Side by side: most of their time they wait for the leases of the dead.
describe('processes that are killed at random moments under load', { concurrency: true }, () => {
  for (const run of RUNS) {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const name = `${run.nodes} on ${run.kind.name} (${run.recovery}, seed ${seed})`
    test(`lose nothing, double nothing, and keep the limits of keys: ${name}`, {
      timeout: TIMEOUT_MS,
    }, async (context) => {
      context.diagnostic(JSON.stringify(await runRandomKills({ ...run, seed })))
    })
  }
})

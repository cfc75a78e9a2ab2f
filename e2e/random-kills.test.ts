import { describe, test } from 'node:test'
import { runRandomKills } from './harness/random-kills.ts'
import { POSTGRESQL, SQLITE } from './testing/databases.ts'

/** The short form; `npm run crash` has the long one. */
const RUNS = [
  { kind: SQLITE, nodes: 1, recovery: 'blind', kills: 8 },
  { kind: POSTGRESQL, nodes: 2, recovery: 'findable', kills: 8 },
] as const

describe('processes that are killed at random moments under load', () => {
  for (const run of RUNS) {
    const seed = Math.floor(Math.random() * 2 ** 31)
    test(`lose nothing and double nothing, ${run.nodes} on ${run.kind.name} (seed ${seed})`, async (context) => {
      context.diagnostic(JSON.stringify(await runRandomKills({ ...run, seed })))
    })
  }
})

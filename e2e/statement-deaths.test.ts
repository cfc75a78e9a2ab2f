import { describe, test } from 'node:test'
import { runStatementDeaths } from './harness/statement-deaths.ts'
import { DATABASES } from './testing/databases.ts'

/** The short form takes a sample; `npm run crash` takes every statement. */
const EVERY = 35

/** Nothing here may depend on how busy the machine is. */
const TIMEOUT_MS = 900_000

describe('a process that is killed at its n-th statement', () => {
  for (const kind of DATABASES) {
    const seed = Math.floor(Math.random() * 2 ** 31)
    test(`loses nothing and doubles nothing, on ${kind.name} (seed ${seed})`, {
      timeout: TIMEOUT_MS,
    }, async (context) => {
      context.diagnostic(JSON.stringify(await runStatementDeaths({ kind, seed, every: EVERY })))
    })
  }
})

import { describe, test } from 'node:test'
import { runDatabaseDeaths } from './harness/database-deaths.ts'

/** Nothing here may depend on how busy the machine is. */
const TIMEOUT_MS = 900_000

/** The short form; `npm run crash` has the long one. */
describe('nodes that lose what they stand on', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)

  test(`lose nothing and double nothing when PostgreSQL is killed (seed ${seed})`, {
    timeout: TIMEOUT_MS,
  }, async (context) => {
    context.diagnostic(JSON.stringify(await runDatabaseDeaths({ seed, deaths: 3 })))
  })
})

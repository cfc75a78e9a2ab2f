import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { ModelRun } from '../testing/model-run.ts'
import { createRandom } from '../testing/random.ts'

const STEPS = { SQLite: 12_000, PostgreSQL: 5_000 } as const
const CHECK_EVERY = 250

for (const kind of DATABASES) {
  describe(`whatever happens in whatever order on ${kind.name}`, () => {
    // One seed that never changes, and one of today's: a failure names it.
    for (const seed of [1, Math.floor(Math.random() * 2 ** 31)]) {
      it(`nothing is lost, doubled or miscounted (seed ${seed})`, async (context) => {
        const test = await kind.create()
        const database = test.open()
        try {
          const run = new ModelRun(database, createRandom(seed))
          await run.begin()
          for (let step = 1; step <= STEPS[kind.name]; step += 1) {
            await run.step()
            if (step % CHECK_EVERY === 0) await run.check()
          }
          const endings = await run.end()
          assert.ok(run.accepted > STEPS[kind.name] / 20, 'much was accepted')
          assert.ok(run.deaths > 10, 'nodes died')
          assert.ok(run.moved > 3, 'requests changed their routes')
          context.diagnostic(
            `${run.accepted} accepted, ${run.moved} moved, ${run.deaths} nodes died: ${JSON.stringify([...endings])}`,
          )
        } catch (error) {
          throw new Error(`the model failed with seed ${seed}`, { cause: error })
        } finally {
          await database.close()
          await test.remove()
        }
      })
    }
  })
}

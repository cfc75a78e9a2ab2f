import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { arbitraryInput } from '../catalogue/testing/arbitrary-input.ts'
import { SHIPPED_MODELS } from '../catalogue/testing/test-models.ts'
import { toMicro } from '../credits/amount.ts'
import { DATABASES } from '../testing/databases.ts'
import { createScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const PLENTY = 1_000_000_000
const INPUTS_PER_MODEL = 6

for (const kind of DATABASES) {
  describe(`prices on ${kind.name}`, () => {
    let test: TestApp
    before(async () => {
      const names = new Set(SHIPPED_MODELS.flatMap((model) => model.routes.map(({ engine }) => engine)))
      names.delete('local')
      test = await createTestApp(kind, {
        engines: [...names].map((name) => createScriptedEngine(name)),
        credits: PLENTY,
      })
    })
    after(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
    })

    for (const model of SHIPPED_MODELS) {
      it(`are the same in estimate, submit and ledger for every input of ${model.slug}`, async () => {
        const check = fc.asyncProperty(arbitraryInput(model), async (input) => {
          const path = `/v1/models/${encodeURIComponent(model.slug)}`
          const estimate = await test.call('POST', `${path}/estimate`, { body: { input } })
          assert.equal(estimate.status, 200, JSON.stringify(estimate.body))
          const { credits, quote, input: normalized } = estimate.body
          for (const body of [{ input }, { input: normalized }, { input, quote, max_cost: credits }]) {
            const submitted = await test.call('POST', path, { body })
            assert.equal(submitted.body.cost, credits, JSON.stringify(submitted.body))
            const [entry] = await test.database.read<{ amount: number }>(
              `SELECT amount FROM ledger_entries WHERE request_id = $1 AND kind = 'charge'`,
              [submitted.body.request_id],
            )
            assert.equal(entry?.amount, -toMicro(credits))
          }
        })
        await fc.assert(check, { numRuns: INPUTS_PER_MODEL })
      })
    }
  })
}

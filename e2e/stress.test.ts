import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accountOf, modelPath, untilOver } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { createAccount } from './testing/create-account.ts'
import { DATABASES } from './testing/databases.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireSubmitted } from './testing/wire.ts'

const BODY = { input: { prompt: 'One of many' } }
const SUBMIT = modelPath('canvas-1')

for (const database of DATABASES) {
  describe(`many submits at once on ${database.name}`, () => {
    let clipia: Clipia
    let dispose: () => Promise<void>
    before(async () => {
      const prepared = await database.prepare()
      dispose = prepared.dispose
      clipia = await startClipia({ environment: prepared.environment })
    })
    after(async () => {
      await clipia.stop()
      await dispose()
    })

    test('50 with the same idempotency key are one request and one charge', async () => {
      const { api, accountId } = await createAccount(clipia, 10)
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => api.post(SUBMIT, BODY, { 'idempotency-key': 'the-same' })),
      )
      for (const answer of answers) assert.equal(answer.status, 200, answer.text)
      const ids = new Set(answers.map((answer) => answer.json<WireSubmitted>().request_id))
      assert.equal(ids.size, 1)
      assert.equal(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true').length, 49)
      assert.deepEqual(
        (await ledgerOf(clipia, accountId)).map(({ kind }) => kind),
        ['grant', 'charge'],
      )
      await untilOver(api, [...ids][0] ?? '')
    })

    test('200 with credits for 7 are 7 requests, and the balance is 0', async () => {
      const { api } = await createAccount(clipia, 7)
      const answers = await Promise.all(Array.from({ length: 200 }, () => api.post(SUBMIT, BODY)))
      const accepted = answers.filter(({ status }) => status === 200)
      assert.equal(accepted.length, 7)
      assert.equal(answers.filter(({ status }) => status === 402).length, 193)
      assert.equal((await accountOf(api)).balance.credits, 0)
      for (const answer of accepted) {
        const result = await untilOver(api, answer.json<WireSubmitted>().request_id)
        assert.equal(result.status, 'COMPLETED')
      }
      assert.deepEqual((await accountOf(api)).balance, { credits: 0, reserved: 0 })
      await assertAuditClean(clipia)
    })
  })
}

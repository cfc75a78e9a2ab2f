import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accountOf, assertError, modelPath, submit, untilOver } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { createAccount, createKey } from './testing/create-account.ts'
import { DATABASES } from './testing/databases.ts'
import type { Clipia } from './testing/start-clipia.ts'
import { startOn } from './testing/start-on.ts'
import type { WireStatus, WireSubmitted } from './testing/wire.ts'

const BODY = { input: { prompt: 'Many at once' } }

function repeat<T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)))
}

for (const database of DATABASES) {
  describe(`many calls at once on ${database.name}`, () => {
    let clipia: Clipia
    let stop = async () => {}
    before(async () => {
      ;({ clipia, stop } = await startOn(database))
    })
    after(() => stop())

    test('50 submits with one idempotency key are one request and one charge', async () => {
      const { accountId, api } = await createAccount(clipia, 20)
      const headers = { 'idempotency-key': 'one-of-fifty' }
      const answers = await repeat(50, () => api.post(modelPath('canvas-1'), BODY, headers))
      const accepted = answers.map((answer) => {
        assert.equal(answer.status, 200, answer.text)
        return answer.json<WireSubmitted>()
      })
      const [id = '', ...others] = new Set(accepted.map((answer) => answer.request_id))
      assert.deepEqual(others, [])
      assert.equal(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null).length, 1)
      assert.deepEqual(new Set(accepted.map(({ cost }) => cost)), new Set([1]))
      assert.equal((await untilOver(api, id)).status, 'COMPLETED')
      const rows = await ledgerOf(clipia, accountId)
      assert.deepEqual(
        rows.map(({ kind }) => kind),
        ['grant', 'charge'],
      )
      await assertAuditClean(clipia)
    })

    test('50 different requests with one idempotency key are one request and 49 conflicts', async () => {
      const { accountId, api } = await createAccount(clipia, 20)
      const headers = { 'idempotency-key': 'only-one-of-us' }
      const answers = await repeat(50, (seed) =>
        api.post(modelPath('canvas-1'), { input: { prompt: 'x', seed } }, headers),
      )
      const refused = answers.filter(({ status }) => status !== 200)
      assert.equal(refused.length, 49)
      for (const answer of refused) assertError(answer, 409, 'idempotency_key_reuse')
      assert.equal((await ledgerOf(clipia, accountId)).length, 2)
    })

    test('of 200 submits with credits for 7, exactly 7 are accepted and the balance is 0', async () => {
      const { accountId, api } = await createAccount(clipia, 7)
      const answers = await repeat(200, () => api.post(modelPath('canvas-1'), BODY))
      const accepted = answers.filter(({ status }) => status === 200)
      for (const answer of answers) if (answer.status !== 200) assertError(answer, 402, 'insufficient_credits')
      assert.equal(accepted.length, 7)
      assert.equal((await accountOf(api)).balance.credits, 0)
      for (const answer of accepted) {
        const { status } = await untilOver(api, answer.json<WireSubmitted>().request_id)
        assert.equal(status, 'COMPLETED')
      }
      assert.deepEqual((await accountOf(api)).balance, { credits: 0, reserved: 0 })
      const charges = (await ledgerOf(clipia, accountId)).filter(({ kind }) => kind === 'charge')
      assert.deepEqual(
        charges.map((row) => row.request_id).sort(),
        accepted.map((answer) => answer.json<WireSubmitted>().request_id).sort(),
      )
      await assertAuditClean(clipia)
    })

    test('a key runs no more at once than it may; the others wait in their order', async () => {
      const { accountId } = await createAccount(clipia, 6)
      const { api } = await createKey(clipia, accountId, '--concurrency', '1')
      const ids: string[] = []
      for (let index = 0; index < 5; index += 1) {
        const submitted = await submit(api, 'canvas-1', { prompt: `Number ${index}` })
        assert.ok(submitted.queue_position <= index)
        ids.push(submitted.request_id)
      }
      const positions = new Map<string, number>()
      for (let over = 0; over < ids.length; ) {
        const statuses = await Promise.all(
          ids.map(async (id) => (await api.get(`/v1/requests/${id}/status`)).json<WireStatus>()),
        )
        // Each is read at its own moment, so one may be seen to end and the next to start.
        const running = statuses.filter(({ status }) => status === 'IN_PROGRESS')
        assert.ok(running.length <= 2, JSON.stringify(statuses.map(({ status }) => status)))
        for (const { request_id: id, queue_position: position } of statuses) {
          if (position === null) continue
          assert.ok(position <= (positions.get(id) ?? Number.POSITIVE_INFINITY), 'a position never grows')
          positions.set(id, position)
        }
        over = statuses.filter(({ status }) => status === 'COMPLETED').length
      }
      const results = await Promise.all(ids.map((id) => untilOver(api, id)))
      const ends = results.map((result) => result.completed_at ?? '')
      assert.deepEqual(ends, ends.toSorted(), 'first come, first served')
      await assertAuditClean(clipia)
    })
  })
}

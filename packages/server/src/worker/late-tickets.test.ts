import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { EngineTraits, Failed } from '../engines/engine.ts'
import { recordLateTicket } from '../generations/advance.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { ScriptedEngine } from '../testing/scripted-engine.ts'

const LEASE_MS = 30_000
const REFUSED: Failed = { state: 'failed', code: 'GENERATION_FAILED', message: 'No.', isCharged: false }

for (const kind of DATABASES) {
  describe(`a ticket that comes late, on ${kind.name}`, () => {
    let test: Machine
    let engine: ScriptedEngine
    const create = async (traits: Partial<EngineTraits> = {}) => {
      test = await createMachine(kind, traits)
      engine = test.engine
    }
    beforeEach(() => create())
    afterEach(() => test.auditAndClose())

    const lose = async () => {
      throw new Error('reset')
    }
    const row = async () =>
      (
        await test.database.read<{ step: string; ticket: string; fence: number; start_fence: number }>(
          'SELECT step, ticket, fence, start_fence FROM queue',
        )
      )[0]
    const hear = (requestId: string, startFence: number, ticket = 'late') =>
      recordLateTicket(
        test.database,
        { engine: 'scripted', requestId, startFence },
        JSON.stringify(ticket),
        test.clock.now(),
      )

    it('is kept while what became of its start is open, once, and for no other start, engine or request', async () => {
      engine.onStart = lose
      const id = await test.submitJob()
      await test.work()
      const { start_fence: startFence = 0 } = (await row()) ?? {}
      assert.ok(startFence > 0)
      assert.equal(await hear(id, startFence + 1), false)
      assert.equal(await hear('0190f8a0-0000-7000-8000-000000000001', startFence), false)
      const start = { engine: 'second', requestId: id, startFence }
      assert.equal(await recordLateTicket(test.database, start, '"x"', test.clock.now()), false)
      assert.deepEqual(await Promise.all([hear(id, startFence, 'a'), hear(id, startFence, 'b')]), [true, false])
      assert.deepEqual([(await row())?.step, (await row())?.ticket], ['check', '"a"'])
      engine.onCheck = async () => REFUSED
      await test.work()
      assert.equal((await test.result(id)).status, 'FAILED')
      assert.equal(await hear(id, startFence), false)
      assert.equal(engine.starts.length, 1)
    })

    it('of a node that lost its lease is kept, not stopped, while nobody knows more', async () => {
      const id = await test.submitJob()
      engine.onStart = async () => {
        test.clock.advance(LEASE_MS)
        await test.database.write(`UPDATE queue SET fence = fence + 1, step = 'recover' RETURNING request_id`)
        return { ticket: 'late' }
      }
      await test.work()
      assert.deepEqual([(await row())?.ticket, engine.cancels], ['"late"', []])
      engine.onCheck = async () => REFUSED
      test.clock.advance(1_000)
      await test.work()
      assert.equal((await test.result(id)).status, 'FAILED')
    })

    it('of a start that was made again since is stopped: another job has taken its place', async () => {
      engine.onFind = async () => null
      const id = await test.submitJob()
      engine.onStart = async () => {
        await test.database.write('UPDATE queue SET fence = fence + 1, start_fence = fence + 1 RETURNING request_id')
        return { ticket: 'late' }
      }
      await test.work()
      assert.deepEqual(engine.cancels, [id])
    })

    it('is found before an idempotent start is made again, whose refusal would say nothing about the first', async () => {
      await test.close()
      await create({ isStartIdempotent: true })
      engine.onStart = async () => {
        engine.onStart = async () => REFUSED
        throw new Error('reset')
      }
      engine.onFind = async () => ({ ticket: 'found' })
      const id = await test.submitJob()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.deepEqual([engine.starts.length, (await row())?.ticket], [1, '"found"'])
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
    })
  })
}

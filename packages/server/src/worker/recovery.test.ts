import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DatabaseUnavailable } from '../database/database.ts'
import { type EngineTraits, NotAccepted } from '../engines/engine.ts'
import { finishGeneration } from '../generations/finish-generation.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE } from '../testing/fixtures.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { ScriptedEngine } from '../testing/scripted-engine.ts'

const LEASE_MS = 30_000
const FAILURE = { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.\u0000 Not\nthis', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`recovery on ${kind.name}`, () => {
    let test: Machine
    let engine: ScriptedEngine
    const create = async (traits: Partial<EngineTraits> = {}) => {
      test = await createMachine(kind, traits)
      engine = test.engine
    }
    beforeEach(() => create())
    afterEach(() => test.auditAndClose())

    it('asks for the job after a start whose outcome is unknown', async () => {
      engine.onStart = async () => {
        throw new Error('socket hang up')
      }
      engine.onFind = async () => ({ ticket: 'found' })
      const id = await test.submitJob()
      await test.work()
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.deepEqual([engine.starts.length, engine.finds.length], [1, 1])
      let ticket: unknown
      engine.onCheck = async (_job, given) => {
        ticket = given
        return FAILURE
      }
      test.clock.advance(1_000)
      await test.work()
      assert.equal(ticket, 'found')
    })

    it('starts again when the engine says the job never began', async () => {
      engine.onStart = async () => {
        engine.onStart = async () => ({ ticket: 't' })
        throw new Error('reset')
      }
      engine.onFind = async () => null
      await test.submitJob()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.deepEqual([engine.starts.length, engine.finds.length], [2, 1])
    })

    it('starts again after an unknown outcome where starts are idempotent', async () => {
      await test.close()
      await create({ isStartIdempotent: true })
      engine.onStart = async () => {
        throw new Error('reset')
      }
      await test.submitJob()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 2)
    })

    it('fails with a refund, and never starts twice, when nobody can tell whether a start was accepted', async () => {
      engine.onStart = async () => {
        throw new Error('reset')
      }
      const id = await test.submitJob()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 1)
      assert.equal((await test.result(id)).error.code, 'GENERATION_FAILED')
      assert.deepEqual(await test.balance(), { credits: 100, reserved: 0 })
    })

    it('cancels upstream the ticket of a start that lost its lease meanwhile', async () => {
      const id = await test.submitJob()
      engine.onStart = async () => {
        await finishGeneration(
          test.app.services,
          {
            requestId: id,
            keyId: (await test.database.read<{ key_id: string }>('SELECT key_id FROM queue'))[0]?.key_id ?? '',
            ending: { status: 'CANCELED', isCharged: false },
          },
          test.clock.now(),
        )
        return { ticket: 'too late' }
      }
      await test.work()
      assert.deepEqual(engine.cancels, [id])
      assert.equal((await test.result(id)).status, 'CANCELED')
    })

    /** Lets the answer of the next commit that matches be lost: the change is durable, and its maker does not know. */
    const loseAnswerOf = (pattern: RegExp) => {
      const { write } = test.database
      test.database.write = async (sql, parameters) => {
        const rows = await write(sql, parameters)
        if (!pattern.test(sql)) return rows as never
        test.database.write = write
        throw new DatabaseUnavailable('the answer was lost', { isOutcomeUnknown: true })
      }
    }

    it('keeps a ticket that is on record, though the answer of its commit was lost', async () => {
      const id = await test.submitJob()
      loseAnswerOf(/step = 'check'/)
      await test.work()
      const [row] = await test.database.read<{ step: string }>('SELECT step FROM queue')
      assert.equal(row?.step, 'check')
      engine.onCheck = async () => FAILURE
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal((await test.result(id)).error.code, 'CONTENT_REJECTED')
    })

    it('keeps an outcome that is on record, though the answer of its commit was lost', async () => {
      await test.submitJob()
      engine.onFind = async () => null
      engine.onStart = async () => UNREACHABLE_PICTURE
      loseAnswerOf(/step = 'collect'/)
      await test.work()
      test.clock.advance(120_000)
      await test.work()
      assert.equal(engine.starts.length, 1)
    })

    it('takes a refused second try for no proof about the first', async () => {
      await test.auditAndClose()
      await create({ isStartIdempotent: true })
      engine.onStart = async () => {
        engine.onStart = async () => {
          throw new NotAccepted('busy')
        }
        throw new Error('socket hang up')
      }
      const id = await test.submitJob()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 2)
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await test.work()
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
      engine.onStart = async () => ({ ticket: 't' })
      engine.onCheck = async () => ({ state: 'canceled', isCharged: false })
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal((await test.result(id)).status, 'CANCELED')
    })
  })
}

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { waitFor } from '../testing/wait-for.ts'
import { createEventHub, type EventHub, type Watcher } from './event-hub.ts'

for (const kind of DATABASES) {
  describe(`the event hub on ${kind.name}`, () => {
    let test: Machine
    let other: Database
    let hub: EventHub
    let calls: number

    beforeEach(async () => {
      calls = 0
      test = await createMachine(kind)
      // Another node; one process serves a SQLite file.
      other = kind.name === 'SQLite' ? test.database : test.testDatabase.open()
      hub = createEventHub(other, test.clock, () => {
        calls += 1
      })
    })
    afterEach(async () => {
      hub.close()
      if (other !== test.database) await other.close()
      await test.auditAndClose()
    })

    function watcher(keyId = 'key'): Watcher & { news: number; released: string[] } {
      const made = {
        keyId,
        version: 0,
        news: 0,
        released: [] as string[],
        onNews() {
          made.news += 1
        },
        onRelease(reason: string) {
          made.released.push(reason)
        },
      }
      return made
    }

    /** All notices that were sent so far are heard: they keep their order. */
    async function haveArrived(): Promise<void> {
      let isHeard = false
      const stop = other.notifications.listen((topic) => {
        isHeard ||= topic === 'probe'
      })
      await waitFor('a notice', () => {
        test.database.notifications.notify('probe', '-')
        return isHeard
      })
      stop()
    }

    it('wakes a node for what another one did, whom it is about and nobody else', async () => {
      const [id, otherId] = [await test.submitJob(), await test.submitJob()]
      const [mine, theirs, ends] = [watcher(), watcher(), watcher()]
      hub.watchRequest(id, mine)
      hub.watchRequest(otherId, theirs)
      hub.watchEndings(test.accountId, 'live', ends)
      await waitFor('the first notice', async () => {
        test.database.notifications.notify('request', id)
        return mine.news > 0
      })
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await waitFor('the end', () => ends.news === 1)
      assert.equal(theirs.news, 0)
    })

    it('asks another node for help when this one has no room for what is queued', async () => {
      await test.submitJob()
      await haveArrived()
      assert.equal(calls, 0)
      test.engine.slots = 0
      await test.submitJob()
      await haveArrived()
      assert.equal(calls, 1)
    })

    it('finds by a look what no notice told', async () => {
      const id = await test.submitJob()
      const [mine, ends] = [watcher(), watcher()]
      mine.version = 1
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await haveArrived()
      hub.watchRequest(id, mine)
      hub.watchEndings(test.accountId, 'live', ends)
      await hub.tend()
      const isLossy = other.notifications.isLossy
      assert.deepEqual([mine.news, ends.news], isLossy ? [1, 1] : [0, 0], 'where notices can be lost')
      mine.version = 2
      ends.version = 1
      await hub.tend()
      assert.deepEqual([mine.news, ends.news], isLossy ? [1, 1] : [0, 0], 'and only what is newer')
    })

    it('looks for all watchers together, however many', async () => {
      const id = await test.submitJob()
      await test.call('POST', `/v1/requests/${id}/cancel`)
      const many = Array.from({ length: 500 }, (_, index) => {
        const made = watcher()
        hub.watchRequest(index === 499 ? id : `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`, made)
        return made
      })
      await hub.tend()
      const told = many.filter(({ news }) => news > 0)
      assert.deepEqual(told, other.notifications.isLossy ? [many[499]] : [])
    })

    it('releases everybody when it drains, and who comes later at once', async () => {
      const early = watcher()
      hub.watchRequest('01900000-0000-7000-8000-000000000000', early)
      hub.drain()
      const late = watcher()
      hub.watchRequest('01900000-0000-7000-8000-000000000000', late)
      await Promise.resolve()
      assert.deepEqual([early.released, late.released], [['draining'], ['draining']])
    })

    it('keeps a key from opening waits without end', () => {
      const stops = Array.from({ length: 10_000 }, () => hub.watchRequest('r', watcher('greedy')))
      const isRefused = (error: unknown) => error instanceof ClipiaError && error.code === 'rate_limit_exceeded'
      assert.throws(() => hub.watchRequest('r', watcher('greedy')), isRefused)
      hub.watchRequest('r', watcher('modest'))()
      stops.pop()?.()
      hub.watchRequest('r', watcher('greedy'))
    })
  })
}

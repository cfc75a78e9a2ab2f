import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createDatabaseClock } from './clock.ts'

/** A machine whose clocks are off, beside a database whose clock is right. */
function createMachine(skewMs: number) {
  let truth = 1_800_000_000_000
  return {
    database: { now: async () => truth },
    clocks: { monotonic: () => truth + 5_000, wall: () => truth + skewMs },
    pass: (ms: number) => {
      truth += ms
    },
    truth: () => truth,
  }
}

describe('the clock of a node', () => {
  it('tells the database’s time however wrong the machine’s own is', async () => {
    for (const skewMs of [0, 3_600_000, -3_600_000]) {
      const machine = createMachine(skewMs)
      const clock = await createDatabaseClock(machine.database, machine.clocks)
      assert.equal(clock.now(), machine.truth())
      assert.equal(clock.skewMs(), skewMs)
      machine.pass(1_000)
      assert.equal(clock.now(), machine.truth())
    }
  })

  it('never goes back, also when a sample says that it was ahead', async () => {
    let databaseMs = 2_000_000
    let monotonicMs = 0
    const clock = await createDatabaseClock(
      { now: async () => databaseMs },
      { monotonic: () => monotonicMs, wall: () => databaseMs },
    )
    const before = clock.now()
    databaseMs -= 500
    await clock.sample()
    assert.equal(clock.now(), before)
    monotonicMs += 1_000
    databaseMs += 1_000
    assert.equal(clock.now(), before + 500)
  })

  it('keeps its last offset while the database is away', async () => {
    const machine = createMachine(0)
    const clock = await createDatabaseClock(machine.database, machine.clocks)
    machine.database.now = () => Promise.reject(new Error('away'))
    await assert.rejects(clock.sample())
    machine.pass(10)
    assert.equal(clock.now(), machine.truth())
  })
})

import type { Database } from './database/database.ts'

/** Time as the rules see it: passed in everywhere, so that tests can move it. */
export interface Clock {
  /** Epoch milliseconds; never goes back within a process. */
  now(): number
}

/** A clock over all nodes: this process's monotonic time plus an offset that is sampled from the database. */
export interface DatabaseClock extends Clock {
  /** Measures the offset; keeps the last one when the database is away. */
  sample(): Promise<void>
  /** How far this machine's own clock is from the database's, in milliseconds. */
  skewMs(): number
}

/** This machine's own clocks, in epoch milliseconds: one that never jumps, and the one people set. */
export interface MachineClocks {
  monotonic(): number
  wall(): number
}

const MACHINE: MachineClocks = { monotonic: () => performance.timeOrigin + performance.now(), wall: Date.now }

/** Creates the clock of a node and takes the first sample. */
export async function createDatabaseClock(
  database: Pick<Database, 'now'>,
  { monotonic, wall }: MachineClocks = MACHINE,
): Promise<DatabaseClock> {
  let offsetMs = 0
  let latest = 0
  const clock: DatabaseClock = {
    now() {
      latest = Math.max(latest, Math.floor(monotonic() + offsetMs))
      return latest
    },
    async sample() {
      const before = monotonic()
      const databaseTime = await database.now()
      offsetMs = databaseTime - (before + monotonic()) / 2
    },
    skewMs: () => Math.round(wall() - (monotonic() + offsetMs)),
  }
  await clock.sample()
  return clock
}

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

/** Creates the clock of a node and takes the first sample. */
export async function createDatabaseClock(database: Database): Promise<DatabaseClock> {
  const monotonic = () => performance.timeOrigin + performance.now()
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
    skewMs: () => Math.round(Date.now() - (monotonic() + offsetMs)),
  }
  await clock.sample()
  return clock
}

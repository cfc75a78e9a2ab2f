import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '../../scripts/postgres-server.ts'
import type { Stage } from './stage.ts'
import { setStage } from './stage.ts'
import { type Counts, verify } from './verify.ts'

/** What a run of deaths of PostgreSQL saw. */
export interface DatabaseDeaths extends Counts {
  /** How often the database was killed or stopped at once, and came back. */
  databaseDeaths: number
}

const ORDERS_A_ROUND = 8
/** Orders come within so many milliseconds of a round's start. */
const ROUND_MS = 1_500

/** Places orders at random moments from now on; each is sent until it is answered. */
export function placeOrders(stage: Stage, count = ORDERS_A_ROUND): Promise<void>[] {
  return Array.from({ length: count }, () => {
    const placing = delay(stage.random() * ROUND_MS).then(stage.place)
    // Whoever awaits it all at the end hears of it; until then it must not end this process.
    placing.catch(() => {})
    return placing
  })
}

/** Kills PostgreSQL itself under load, again and again, in turns by SIGKILL and by an immediate stop; the nodes live on. */
export async function runDatabaseDeaths({ seed, deaths }: { seed: number; deaths: number }): Promise<DatabaseDeaths> {
  const postgres = await startPostgres({ isDurable: true })
  const settings = { CLIPIA_DATABASE_URL: postgres.url, CLIPIA_SECRET_KEY: randomBytes(32).toString('base64') }
  // Nodes rightly log that their database is away.
  const expectedErrors = /./
  const options = { seed, nodes: 2, recovery: 'findable', isEngineFlaky: true, expectedErrors } as const
  const stage = await setStage({ ...options, environment: settings })
  try {
    const placing: Promise<void>[] = []
    stage.clients.isOutage = true
    for (let death = 0; death < deaths; death += 1) {
      placing.push(...placeOrders(stage))
      await delay(stage.random() * ROUND_MS)
      await postgres.restart(death % 2 === 0 ? 'SIGKILL' : 'SIGQUIT', stage.random() * 1_000)
    }
    await Promise.all(placing)
    stage.emulator.control({ faultChances: [] })
    const counts = await verify(stage)
    await stage.close()
    return { ...counts, databaseDeaths: deaths }
  } finally {
    await stage.emulator.close()
    await postgres.stop()
  }
}

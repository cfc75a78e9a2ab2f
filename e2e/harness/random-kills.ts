import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseKind } from '../testing/databases.ts'
import { type Recovery, type Stage, setStage } from './stage.ts'
import { type Counts, verify } from './verify.ts'

/** A run of kills at random moments. */
export interface RandomKills {
  kind: DatabaseKind
  nodes: number
  recovery: Recovery
  /** At least so many processes are killed. */
  kills: number
  /** Decides the orders, the moments and the faults; how they meet is the machine's doing. */
  seed: number
}

const ORDERS_PER_KILL = 4
/** The next kill comes within so many milliseconds after the last process was ready. */
const KILL_WITHIN_MS = 1_800
/** A start is killed within so many milliseconds: about the time it takes. */
const START_MS = 1_500

/**
 * Kills processes under load at random moments, one in five times also the one that takes its place while it starts;
 * lets the last ones finish, and answers what was seen. Throws where anything was lost or doubled.
 */
export async function runRandomKills({ kind, nodes, recovery, kills, seed }: RandomKills): Promise<Counts> {
  const { environment, dispose } = await kind.prepare()
  const stage = await setStage({ seed, nodes, recovery, isEngineFlaky: true, environment })
  try {
    const placing: Promise<void>[] = []
    while (stage.fleet.kills < kills) {
      await killOnce(stage, nodes, (withinMs) => placing.push(...placeSome(stage, withinMs)))
    }
    await Promise.all(placing)
    stage.emulator.control({ faultChances: [] })
    const counts = await verify(stage)
    await stage.close()
    return counts
  } finally {
    await stage.emulator.close()
    await dispose()
  }
}

async function killOnce(stage: Stage, nodes: number, placeSomeOrders: (withinMs: number) => void): Promise<void> {
  const { random, fleet } = stage
  const momentMs = random() * KILL_WITHIN_MS
  placeSomeOrders(momentMs)
  await delay(momentMs)
  const victim = Math.floor(random() * nodes)
  if (random() < 0.2) await fleet.killTwice(victim, random() * START_MS)
  else await fleet.killAndRestart(victim)
}

/** Orders at random moments from now until a little after the kill. */
function placeSome(stage: Stage, withinMs: number): Promise<void>[] {
  return Array.from({ length: ORDERS_PER_KILL }, () => {
    const placing = delay(stage.random() * (withinMs + 200)).then(stage.place)
    // Whoever awaits it all at the end hears of it; until then it must not end this process.
    placing.catch(() => {})
    return placing
  })
}

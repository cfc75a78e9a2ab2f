import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseKind } from '../testing/databases.ts'
import { CONCURRENCY, type Recovery, type Stage, setStage } from './stage.ts'
import { type Counts, verify } from './verify.ts'
import { watchSlots } from './watch-slots.ts'

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

/** What such a run saw. */
export interface KillCounts extends Counts {
  /** Generations a key had running at once, at most; null where nobody could look. */
  mostAtOnce: number | null
}

const ORDERS_PER_KILL = 4
/** The next kill comes within so many milliseconds after the last process was ready. */
const KILL_WITHIN_MS = 1_800
/** A start is killed within so many milliseconds: about the time it takes. */
const START_MS = 1_500

/**
 * Kills processes under load at random moments, one in five times also the one that takes its place while it starts;
 * lets the last ones finish, and answers what was seen. Throws where anything was lost or doubled, or a key had more
 * running over all nodes than it may.
 */
export async function runRandomKills({ kind, nodes, recovery, kills, seed }: RandomKills): Promise<KillCounts> {
  const { environment, dispose } = await kind.prepare()
  const stage = await setStage({ seed, nodes, recovery, isEngineFlaky: true, environment })
  const url = environment.CLIPIA_DATABASE_URL
  const watch = url === undefined ? null : await watchSlots(url)
  try {
    const placing: Promise<void>[] = []
    while (stage.fleet.kills < kills) {
      await killOnce(stage, nodes, (withinMs) => placing.push(...placeSome(stage, withinMs)))
    }
    await Promise.all(placing)
    stage.emulator.control({ faultChances: [] })
    const counts = await verify(stage)
    const mostAtOnce = (await watch?.stop()) ?? null
    assert.ok((mostAtOnce ?? 0) <= CONCURRENCY, `a key had ${mostAtOnce} generations running`)
    await stage.close()
    return { ...counts, mostAtOnce }
  } finally {
    await watch?.stop()
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

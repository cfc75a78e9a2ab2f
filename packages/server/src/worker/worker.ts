import type { Engine } from '../engines/engine.ts'
import { claimDue } from '../generations/claim-due.ts'
import { claimReady, isPoolFull } from '../generations/claim-ready.ts'
import type { Claimed } from '../generations/claimed.ts'
import { listClaimablePools } from '../generations/list-claimable-pools.ts'
import { runStep } from './run-step.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** Steps of one engine this node runs at once. Each engine has its own, so that one that hangs keeps no other waiting. */
const MAX_STEPS = 64

/** Moves generations along, one short step at a time. */
export interface Worker {
  /** Claims what can be claimed now and sets its steps going; answers how many. */
  claim(): Promise<number>
  /** Whether this node could start something more on every engine it has. */
  hasRoom(): boolean
  /** Resolves when no step is under way on this node. */
  idle(): Promise<void>
  /** From now on claims only steps of running generations, nothing new. */
  drain(): void
  /** Breaks off what is under way on this node: each step is put on record as any other that failed. */
  abort(): void
}

function count(counts: Map<string, number>, name: string, change: 1 | -1): void {
  counts.set(name, (counts.get(name) ?? 0) + change)
}

/** Creates the worker of a node; the loop that calls it is `startStepLoop`. */
export function createWorker(of: StepDependencies, node: string, onStepDone: () => void): Worker {
  const running = new Set<Promise<void>>()
  const steps = new Map<string, number>()
  const starting = new Map<string, number>()
  const stop = new AbortController()
  const dependencies = { ...of, stop: stop.signal }
  let isDraining = false

  function launch(claimed: Claimed): void {
    const isStart = claimed.step === 'starting'
    count(steps, claimed.engine, 1)
    if (isStart) count(starting, claimed.engine, 1)
    const startedAt = of.clock.now()
    let hasThrown = false
    const step = runStep(dependencies, claimed)
      .catch((error: unknown) => {
        hasThrown = true
        of.log.error({ requestId: claimed.requestId, step: claimed.step, err: error }, 'a step failed')
      })
      .finally(() => {
        const latencyMs = of.clock.now() - startedAt
        of.observer.stepDone({ engine: claimed.engine, step: claimed.step, latencyMs, hasThrown })
        running.delete(step)
        count(steps, claimed.engine, -1)
        if (isStart) count(starting, claimed.engine, -1)
        onStepDone()
      })
    running.add(step)
  }

  function freeStepsOf(pool: string): number {
    return MAX_STEPS - (steps.get(pool) ?? 0)
  }

  function freeSlotsOf(engine: Engine): number {
    if (!engine.isActive()) return 0
    return Math.min(engine.freeSlots() - (starting.get(engine.name) ?? 0), freeStepsOf(engine.name))
  }

  async function claimAllDue(pools: readonly string[]): Promise<number> {
    let claimedCount = 0
    for (const pool of pools) {
      const limit = freeStepsOf(pool)
      if (limit <= 0) continue
      const claimed = await claimDue(of.database, { pool, node, limit, nowMs: of.clock.now() })
      claimed.forEach(launch)
      claimedCount += claimed.length
    }
    return claimedCount
  }

  async function claimNew(pools: readonly string[]): Promise<number> {
    let claimedCount = 0
    for (const engine of of.engines.values()) {
      if (!pools.includes(engine.name)) continue
      const limit = freeSlotsOf(engine)
      if (limit <= 0) continue
      const { capacity } = engine.traits
      if (capacity !== null && (await isPoolFull(of.database, engine.name, capacity))) continue
      const claim = { pool: engine.name, node, limit, capacity, nowMs: of.clock.now() }
      const claimed = await claimReady(of.database, claim)
      claimed.forEach(launch)
      claimedCount += claimed.length
    }
    return claimedCount
  }

  return {
    async claim() {
      const { due, ready } = await listClaimablePools(of.database, of.clock.now())
      const dueCount = await claimAllDue(due)
      return isDraining ? dueCount : dueCount + (await claimNew(ready))
    },
    hasRoom() {
      if (isDraining) return false
      return [...of.engines.values()].every((engine) => !engine.isActive() || freeSlotsOf(engine) > 0)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    drain() {
      isDraining = true
    },
    abort() {
      stop.abort(new Error('the process ends'))
    },
  }
}

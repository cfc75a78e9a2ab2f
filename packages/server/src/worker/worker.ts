import type { Engine } from '../engines/engine.ts'
import { claimDue } from '../generations/claim-due.ts'
import { claimReady } from '../generations/claim-ready.ts'
import type { Claimed } from '../generations/claimed.ts'
import { runStep } from './run-step.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** Steps this node runs at once. */
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
}

/** Creates the worker of a node; the loop that calls it is `startStepLoop`. */
export function createWorker(of: StepDependencies, node: string, onStepDone: () => void): Worker {
  const running = new Set<Promise<void>>()
  const starting = new Map<string, number>()
  let isDraining = false

  function launch(claimed: Claimed): void {
    const isStart = claimed.step === 'starting'
    if (isStart) starting.set(claimed.engine, (starting.get(claimed.engine) ?? 0) + 1)
    const startedAt = of.clock.now()
    let hasThrown = false
    const step = runStep(of, claimed)
      .catch((error: unknown) => {
        hasThrown = true
        of.log.error({ requestId: claimed.requestId, step: claimed.step, err: error }, 'a step failed')
      })
      .finally(() => {
        const latencyMs = of.clock.now() - startedAt
        of.observer.stepDone({ engine: claimed.engine, step: claimed.step, latencyMs, hasThrown })
        running.delete(step)
        if (isStart) starting.set(claimed.engine, (starting.get(claimed.engine) ?? 1) - 1)
        onStepDone()
      })
    running.add(step)
  }

  function freeSlotsOf(engine: Engine): number {
    return engine.isActive() ? engine.freeSlots() - (starting.get(engine.name) ?? 0) : 0
  }

  async function claimNew(): Promise<number> {
    let count = 0
    for (const engine of of.engines.values()) {
      const limit = Math.min(freeSlotsOf(engine), MAX_STEPS - running.size)
      if (limit <= 0) continue
      const { capacity } = engine.traits
      const claim = { pool: engine.name, node, limit, capacity, nowMs: of.clock.now() }
      for (const claimed of await claimReady(of.database, claim)) {
        launch(claimed)
        count += 1
      }
    }
    return count
  }

  return {
    async claim() {
      let count = 0
      const limit = MAX_STEPS - running.size
      if (limit > 0) {
        for (const claimed of await claimDue(of.database, { node, limit, nowMs: of.clock.now() })) {
          launch(claimed)
          count += 1
        }
      }
      return isDraining ? count : count + (await claimNew())
    },
    hasRoom() {
      if (isDraining || running.size >= MAX_STEPS) return false
      return [...of.engines.values()].every((engine) => !engine.isActive() || freeSlotsOf(engine) > 0)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    drain() {
      isDraining = true
    },
  }
}

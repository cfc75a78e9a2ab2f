import type { Engine, Job, Outcome, Progress } from '../engine.ts'
import { SANDBOX_ENGINE, SCENARIOS, type Scenario } from './scenarios.ts'

/** Jobs of the sandbox a node plays at once: each is a look at the clock now and then. */
const SLOTS = 1_000

/**
 * The engine that plays the sandbox's scenarios, so that they walk the real state machine. It renders nothing and keeps
 * nothing: how a job stands follows from the moment in its ticket. `cancel` stores the wish to cancel, as an owner does.
 */
export function createSandboxEngine(cancel: (requestId: string) => Promise<void>): Engine {
  return {
    name: SANDBOX_ENGINE,
    traits: { isStartIdempotent: true, pollMs: 500, longestPollMs: 500, capacity: null },
    // A model file cannot name it: only a scenario makes its jobs.
    isActive: (settings) => settings === undefined || scenarioOf(settings) !== null,
    freeSlots: () => SLOTS,
    start: async (_job, { nowMs }) => ({ ticket: nowMs }),
    async check(job, ticket, { nowMs }) {
      const scenario = scenarioOf(job.settings)
      if (scenario === null) throw new Error('a job of the sandbox without its scenario')
      return play(scenario, job, nowMs - Number(ticket), cancel)
    },
    cancel: async () => ({ state: 'canceled', isCharged: false }),
  }
}

function scenarioOf(settings: Job['settings']): Scenario | null {
  return SCENARIOS[settings.scenario as keyof typeof SCENARIOS] ?? null
}

async function play(
  { durationMs, ending }: Scenario,
  { requestId }: Job,
  elapsedMs: number,
  cancel: (requestId: string) => Promise<void>,
): Promise<Progress | Outcome> {
  if (durationMs === null || elapsedMs < durationMs) {
    const percent = durationMs === null ? null : Math.floor((100 * elapsedMs) / durationMs)
    return { state: 'running', percent }
  }
  if (ending === 'finished') return { state: 'finished', media: [{ kind: 'sample' }] }
  if (ending !== null && ending !== 'canceled') return ending
  // The next check finds the wish and stops the job.
  await cancel(requestId)
  return { state: 'running', percent: 99 }
}

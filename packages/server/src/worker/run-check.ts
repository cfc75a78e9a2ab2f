import { canCancel } from '../engines/can-cancel.ts'
import { type Engine, EngineBusy, type EngineContext, type Outcome, type Progress } from '../engines/engine.ts'
import { recordFailedStep, recordProgress } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { likelyPercent, nextCheckMs } from './routing/next-check.ts'
import { settleOutcome } from './settle-outcome.ts'
import { contextOf, routeOf, type StepDependencies } from './step-dependencies.ts'

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 60_000

/** Asks the engine how the job stands. A check that fails decides nothing: it is made again until the deadline. */
export async function runCheck(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const answer = await ask(engine, claimed, contextOf(of, claimed, signal)).catch((error: unknown) => {
    of.log.warn({ requestId: claimed.requestId, engine: engine.name, err: error }, 'check failed')
    of.observer.upstreamFailed(engine.name, 'check_failed')
    return error instanceof EngineBusy ? error : new EngineBusy('the check failed')
  })
  const nowMs = of.clock.now()
  const elapsedMs = nowMs - (claimed.acceptedAt ?? nowMs)
  const route = routeOf(claimed)
  if (answer instanceof EngineBusy) {
    const backoffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(claimed.attempts, 10), LONGEST_RETRY_MS)
    await recordFailedStep(of.database, claimed, nowMs + Math.max(backoffMs, answer.retryAfterMs ?? 0))
  } else if (answer.state === 'running') {
    const typicalMs = of.durations.typicalMs(route)
    const percent = answer.percent ?? likelyPercent(elapsedMs, typicalMs)
    const hasBegun = answer.isWaiting !== true
    const dueAt = nowMs + nextCheckMs(engine.traits, elapsedMs, typicalMs)
    await recordProgress(of.database, claimed, { percent, hasBegun }, dueAt)
  } else {
    if (answer.state === 'finished' && claimed.acceptedAt !== null) of.durations.record(route, elapsedMs)
    await settleOutcome(of, engine, claimed, answer)
  }
}

/**
 * A job whose cancel is wanted is told to stop at every check that finds it alive, or cannot tell, and asked again at
 * once. One that its engine cannot stop any more goes on.
 */
async function ask(engine: Engine, { job, ...claimed }: Claimed, context: EngineContext): Promise<Progress | Outcome> {
  const ticket = JSON.parse(claimed.ticket ?? 'null')
  const check = () => engine.check(job, ticket, context)
  if (!claimed.isCancelRequested) return check()
  const answer = await check().catch((error: unknown) => ({ state: 'unknown', error }) as const)
  if (answer.state !== 'running' && answer.state !== 'unknown') return answer
  const hasBegun = answer.state === 'running' && answer.isWaiting !== true
  const canceled = canCancel(engine, job, hasBegun) ? await engine.cancel?.(job, ticket, context) : undefined
  if (canceled) return canceled
  if (answer.state === 'unknown') throw answer.error
  return canceled === undefined ? answer : check()
}

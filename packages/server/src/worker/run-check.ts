import type { Engine, EngineContext, Outcome, Progress } from '../engines/engine.ts'
import { recordProgress } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { settleOutcome } from './settle-outcome.ts'
import type { StepDependencies } from './step-dependencies.ts'

const FAILED_CHECK_RETRY_MS = 5_000

/** Asks the engine how the job stands. A check that fails decides nothing: it is made again until the deadline. */
export async function runCheck(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const answer = await ask(engine, claimed, { signal, nowMs: of.clock.now() }).catch((error: unknown) => {
    of.log.warn({ requestId: claimed.requestId, engine: engine.name, err: error }, 'check failed')
    return null
  })
  if (answer === null) {
    await recordProgress(of.database, claimed, claimed.progress, of.clock.now() + FAILED_CHECK_RETRY_MS)
  } else if (answer.state === 'running') {
    await recordProgress(of.database, claimed, answer.percent, of.clock.now() + engine.traits.pollMs)
  } else {
    await settleOutcome(of, claimed, answer)
  }
}

/** A job whose cancel is wanted is told to stop at every check that finds it running, and asked again at once. */
async function ask(engine: Engine, claimed: Claimed, context: EngineContext): Promise<Progress | Outcome> {
  const ticket = JSON.parse(claimed.ticket ?? 'null')
  const answer = await engine.check(claimed.job, ticket, context)
  if (answer.state !== 'running' || !claimed.isCancelRequested || engine.cancel === undefined) return answer
  await engine.cancel(claimed.job, ticket, context)
  return engine.check(claimed.job, ticket, context)
}

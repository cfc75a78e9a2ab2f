import type { Engine } from '../engines/engine.ts'
import { recordRefusedStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { endClaimed } from './end-claimed.ts'
import { keepStarted, runStart } from './run-start.ts'
import { contextOf, type StepDependencies } from './step-dependencies.ts'

/**
 * Resolves a start whose outcome is unknown, without ever buying a second render: an engine that takes our id as an
 * idempotency key is started again, another is asked for the job, and where neither is possible the generation fails
 * with a refund.
 */
export async function runRecover(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  if (engine.traits.isStartIdempotent) return runStart(of, engine, claimed, signal)
  if (engine.find !== undefined) {
    const found = await engine.find(claimed.job, contextOf(of, claimed, signal))
    if (found !== null) return keepStarted(of, engine, claimed, found, signal)
    await recordRefusedStart(of.database, claimed, of.clock.now())
    return
  }
  of.log.error({ requestId: claimed.requestId, engine: engine.name }, 'outcome of a start unknown; failed and refunded')
  await endClaimed(of, claimed, {
    status: 'FAILED',
    code: 'GENERATION_FAILED',
    message: 'The engine could not be reached reliably; nothing was charged.',
    isCharged: false,
  })
}

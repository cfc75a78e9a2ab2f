import type { Engine } from '../engines/engine.ts'
import { recordRefusedStart, recordUnknownStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { endClaimed } from './end-claimed.ts'
import { keepStarted, runStart } from './run-start.ts'
import { contextOf, type StepDependencies } from './step-dependencies.ts'

/** A callback makes the check due by itself: this is how often it is seen that none has come. */
const CALLBACK_WAIT_MS = 60_000

/**
 * Resolves a start whose outcome is unknown, without ever buying a second render: an engine that can find is asked for
 * the job, one that takes our id as an idempotency key is started again, one whose callbacks name the job is waited for
 * until the deadline, and where none of it is possible the generation fails with a refund. Finding comes first: unlike a
 * second start it cannot be refused for a reason that says nothing about the first.
 */
export async function runRecover(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const context = contextOf(of, claimed, signal)
  if (engine.find !== undefined) {
    const found = await engine.find(claimed.job, context)
    if (found !== null) return keepStarted(of, engine, claimed, found, signal)
    await recordRefusedStart(of.database, claimed, of.clock.now())
    return
  }
  if (engine.traits.isStartIdempotent) return runStart(of, engine, claimed, signal)
  if (engine.traits.hasTellingCallbacks === true && context.callbackUrl !== null) {
    return recordUnknownStart(of.database, claimed, of.clock.now() + CALLBACK_WAIT_MS)
  }
  of.log.error({ requestId: claimed.requestId, engine: engine.name }, 'outcome of a start unknown; failed and refunded')
  await endClaimed(of, claimed, {
    status: 'FAILED',
    code: 'GENERATION_FAILED',
    message: 'The engine could not be reached reliably; nothing was charged.',
    isCharged: false,
  })
}

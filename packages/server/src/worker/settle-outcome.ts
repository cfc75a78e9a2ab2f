import type { Canceled, Engine, Failed, Outcome } from '../engines/engine.ts'
import { toPublicMessage } from '../engines/public-text.ts'
import { recordOutcome } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import type { Ending } from '../generations/finish-generation.ts'
import { LEASE_MARGIN_MS, LEASE_MS } from '../generations/states.ts'
import { endClaimed, toldUsage } from './end-claimed.ts'
import { changeRoute } from './routing/change-route.ts'
import { runCollect } from './run-collect.ts'
import { limitCall, type StepDependencies } from './step-dependencies.ts'

/** Messages of engines reach callers, in as many characters at the most. */
const MESSAGE_LIMIT = 500

/**
 * Commits how the engine ended the job: media are kept on record and brought home; a fault of the engine that nobody is
 * charged for sends the generation to its next route; anything else ends it.
 */
export async function settleOutcome(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  outcome: Outcome,
): Promise<void> {
  if (outcome.state !== 'finished') {
    const usage = outcome.state === 'failed' ? toldUsage(claimed, outcome) : null
    if (mayGoElsewhere(outcome) && (await changeRoute(of, claimed, 'ended', usage))) return
    return endClaimed(of, claimed, endingOf(claimed, outcome), usage)
  }
  const outcomeJson = JSON.stringify(outcome)
  if (!(await recordOutcome(of.database, claimed, outcomeJson, of.clock.now()))) return
  // The outcome is on record: from here the lease of the collect counts, not that of the call before.
  const signal = limitCall(of, LEASE_MS.collect - LEASE_MARGIN_MS)
  await runCollect(of, engine, { ...claimed, step: 'collect', outcome: outcomeJson, attempts: 0 }, signal)
}

function mayGoElsewhere(outcome: Failed | Canceled): boolean {
  return outcome.state === 'failed' && outcome.isEngineFault === true && !outcome.isCharged
}

/**
 * How a generation ends that came to no media. Content rejected after the engine had accepted the job is charged where
 * the model says so. A job that its engine stopped although nobody asked has failed.
 */
function endingOf(claimed: Claimed, outcome: Failed | Canceled): Ending {
  if (outcome.state === 'failed') {
    const { code } = outcome
    const isChargedByModel = code === 'CONTENT_REJECTED' && claimed.chargesRejected && claimed.ticket !== null
    const message = toPublicMessage(outcome.message, MESSAGE_LIMIT)
    return { status: 'FAILED', code, message, isCharged: outcome.isCharged || isChargedByModel }
  }
  const { isCharged } = outcome
  if (claimed.isCancelRequested) return { status: 'CANCELED', isCharged }
  return { status: 'FAILED', code: 'GENERATION_FAILED', message: 'The engine stopped the job.', isCharged }
}

import type { Outcome } from '../engines/engine.ts'
import { toPublicText } from '../engines/public-text.ts'
import { recordOutcome } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { type Ending, finishGeneration } from '../generations/finish-generation.ts'
import { LEASE_MARGIN_MS, LEASE_MS } from '../generations/states.ts'
import { runCollect } from './run-collect.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** Messages of engines reach callers, in as many characters at the most. */
const MESSAGE_LIMIT = 500

/** Commits how the engine ended the job: media are kept on record and brought home, anything else ends the generation. */
export async function settleOutcome(of: StepDependencies, claimed: Claimed, outcome: Outcome): Promise<void> {
  if (outcome.state !== 'finished') return endClaimed(of, claimed, endingOf(claimed, outcome))
  const outcomeJson = JSON.stringify(outcome)
  if (!(await recordOutcome(of.database, claimed, outcomeJson, of.clock.now()))) return
  // The outcome is on record: from here the lease of the collect counts, not that of the call before.
  const signal = AbortSignal.timeout(LEASE_MS.collect - LEASE_MARGIN_MS)
  await runCollect(of, { ...claimed, step: 'collect', outcome: outcomeJson }, signal)
}

/** Ends a generation this node holds the lease of; changes nothing when the lease is lost. */
export async function endClaimed(of: StepDependencies, claimed: Claimed, ending: Ending): Promise<void> {
  const { requestId, keyId, fence } = claimed
  await finishGeneration(of, { requestId, keyId, fence, ending }, of.clock.now())
}

/** A job that its engine stopped although nobody asked has failed. */
function endingOf({ isCancelRequested }: Claimed, outcome: Exclude<Outcome, { state: 'finished' }>): Ending {
  const { isCharged } = outcome
  if (outcome.state === 'failed') {
    return { status: 'FAILED', code: outcome.code, message: toPublicText(outcome.message, MESSAGE_LIMIT), isCharged }
  }
  if (isCancelRequested) return { status: 'CANCELED', isCharged }
  return { status: 'FAILED', code: 'GENERATION_FAILED', message: 'The engine stopped the job.', isCharged }
}

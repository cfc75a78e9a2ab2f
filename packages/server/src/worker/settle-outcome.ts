import type { Failed, Finished } from '../engines/engine.ts'
import { recordOutcome } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { finishGeneration } from '../generations/finish-generation.ts'
import { LEASE_MARGIN_MS, LEASE_MS } from '../generations/states.ts'
import { runCollect } from './run-collect.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** Commits how the engine ended the job: a failure ends the generation, media are kept on record and brought home. */
export async function settleOutcome(
  of: StepDependencies,
  claimed: Claimed,
  outcome: Finished | Failed,
  signal: AbortSignal,
): Promise<void> {
  if (outcome.state === 'failed') {
    const { code, message, isCharged } = outcome
    const ending = { status: 'FAILED', code, message: toPublicText(message), isCharged } as const
    const { requestId, keyId, fence } = claimed
    await finishGeneration(of, { requestId, keyId, fence, ending }, of.clock.now())
    return
  }
  const outcomeJson = JSON.stringify(outcome)
  if (!(await recordOutcome(of.database, claimed, outcomeJson, of.clock.now()))) return
  signal.throwIfAborted()
  const collectSignal = AbortSignal.timeout(LEASE_MS.collect - LEASE_MARGIN_MS)
  await runCollect(of, { ...claimed, step: 'collect', outcome: outcomeJson }, collectSignal)
}

/** Messages of engines reach callers: no control characters, and not too long. */
function toPublicText(message: string): string {
  return message
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)
}

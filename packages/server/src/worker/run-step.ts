import { mapInput } from '../catalogue/map-input.ts'
import type { Engine } from '../engines/engine.ts'
import { recordProgress, recordRefusedStart, recordUnknownStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import type { Ending } from '../generations/finish-generation.ts'
import { LEASE_MARGIN_MS } from '../generations/states.ts'
import { runCheck } from './run-check.ts'
import { runCollect } from './run-collect.ts'
import { runRecover } from './run-recover.ts'
import { runStart } from './run-start.ts'
import { endClaimed } from './settle-outcome.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** A generation whose engine is not here now is looked at again after this long. */
const ENGINE_MISSING_RETRY_MS = 5_000

/** Time for what was still on its way to an engine to arrive there, before it is asked what it has. */
const UNKNOWN_START_WAIT_MS = 5_000

/** A mapping is a pure function: what fails once fails always. */
const UNMAPPABLE: Ending = {
  status: 'FAILED',
  code: 'GENERATION_FAILED',
  message: 'The model could not pass this input on.',
  isCharged: false,
}

/**
 * Runs one claimed step and commits what follows. It begins nothing late, and every call inside is aborted before the
 * lease ends. A start
 * that throws has an unknown outcome; any other step that throws decides nothing and comes back when its lease runs out.
 */
export async function runStep(of: StepDependencies, claimed: Claimed): Promise<void> {
  const leftMs = claimed.leaseEndsAt - of.clock.now() - LEASE_MARGIN_MS
  if (leftMs <= 0) {
    // This node was held up since the claim. Another may be about to take the step over: what begins now could be done twice.
    of.log.warn({ requestId: claimed.requestId, step: claimed.step }, 'a step came too late and is left to its lease')
    return
  }
  if (claimed.step === 'starting' && claimed.isCancelRequested) {
    // Nothing of it exists yet, with or without its engine.
    return endClaimed(of, claimed, { status: 'CANCELED', isCharged: false })
  }
  const engine = of.engines.get(claimed.engine)
  if (engine === undefined || (!engine.isActive() && claimed.step !== 'collect')) {
    of.log.warn({ requestId: claimed.requestId, engine: claimed.engine }, 'no such engine here; looked at again later')
    const dueAt = of.clock.now() + ENGINE_MISSING_RETRY_MS
    if (claimed.step === 'starting') await recordRefusedStart(of.database, claimed, dueAt)
    else await recordProgress(of.database, claimed, claimed.progress, dueAt)
    return
  }
  const mapped = await withMappedInput(of, claimed)
  if (mapped === null) return endClaimed(of, claimed, UNMAPPABLE)
  const signal = AbortSignal.timeout(leftMs)
  return takeStep(of, engine, mapped, signal)
}

async function takeStep(of: StepDependencies, engine: Engine, claimed: Claimed, signal: AbortSignal): Promise<void> {
  switch (claimed.step) {
    case 'start':
    case 'starting':
      return orUnknown(of, claimed, runStart(of, engine, claimed, signal))
    case 'recover':
      return orUnknown(of, claimed, runRecover(of, engine, claimed, signal))
    case 'check':
      return runCheck(of, engine, claimed, signal)
    case 'collect':
      return runCollect(of, claimed, signal)
  }
}

/**
 * The generation with its input in the words of its engine; null, with the reason logged, where that cannot be had and
 * nothing has begun. A later step that cannot have it is thrown back to its lease: a running job is not given up for it.
 */
async function withMappedInput(of: StepDependencies, claimed: Claimed): Promise<Claimed | null> {
  try {
    return { ...claimed, job: { ...claimed.job, input: await mapInput(claimed.mapping, claimed.job.input) } }
  } catch (error) {
    if (claimed.step !== 'starting') throw error
    of.log.error({ requestId: claimed.requestId, model: claimed.job.model, err: error }, 'the input cannot be mapped')
    return null
  }
}

/** Keeps on record that a start whose step threw may have been accepted. A dead database leaves it to the lease. */
async function orUnknown(of: StepDependencies, claimed: Claimed, step: Promise<void>): Promise<void> {
  try {
    await step
  } catch (error) {
    of.log.warn({ requestId: claimed.requestId, engine: claimed.engine, err: error }, 'outcome of a start unknown')
    await recordUnknownStart(of.database, claimed, of.clock.now() + UNKNOWN_START_WAIT_MS)
  }
}

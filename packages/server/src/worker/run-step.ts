import { mapInput } from '../catalogue/map-input.ts'
import type { Engine } from '../engines/engine.ts'
import { extendLease, recordFailedStep, recordRefusedStart, recordUnknownStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import type { Ending } from '../generations/finish-generation.ts'
import { LEASE_MARGIN_MS, LEASE_MS } from '../generations/states.ts'
import { endClaimed } from './end-claimed.ts'
import { changeRoute } from './routing/change-route.ts'
import { runCheck } from './run-check.ts'
import { runCollect } from './run-collect.ts'
import { runRecover } from './run-recover.ts'
import { runStart } from './run-start.ts'
import { limitCall, routeOf, type StepDependencies } from './step-dependencies.ts'

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
 * lease ends. A start that throws has an unknown outcome; any other step that throws decides nothing and comes back when
 * its lease runs out.
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
  if (claimed.step === 'collect') return runCollect(of, engine, claimed, limitCall(of, leftMs))
  const pauseMs = pauseOf(of, engine, claimed)
  if (engine === undefined || pauseMs > 0) return putOff(of, claimed, pauseMs)
  const mapped = await withMappedInput(of, claimed)
  if (mapped === null) return endClaimed(of, claimed, UNMAPPABLE)
  const ready = await withTimeForInputs(of, mapped)
  if (ready === null) return
  const signal = limitCall(of, ready.leaseEndsAt - of.clock.now() - LEASE_MARGIN_MS)
  switch (ready.step) {
    case 'start':
    case 'starting':
      return orUnknown(of, ready, runStart(of, engine, ready, signal))
    case 'recover':
      return orUnknown(of, ready, runRecover(of, engine, ready, signal))
    default:
      return runCheck(of, engine, ready, signal)
  }
}

/** How long a step has to wait before its engine may be called, in milliseconds; 0 for not at all. */
function pauseOf(of: StepDependencies, engine: Engine | undefined, claimed: Claimed): number {
  if (!engine?.isActive(claimed.job.settings)) return ENGINE_MISSING_RETRY_MS
  return claimed.step === 'starting' ? of.breakers.waitMs(routeOf(claimed), of.clock.now()) : 0
}

/** What cannot be started here goes to another route, or waits like anything else whose engine is away. */
async function putOff(of: StepDependencies, claimed: Claimed, pauseMs: number): Promise<void> {
  const { requestId, engine, step } = claimed
  of.log.warn({ requestId, engine, step, pauseMs }, 'the engine is not here, or left alone; looked at again later')
  const dueAt = of.clock.now() + pauseMs
  if (step !== 'starting') await recordFailedStep(of.database, claimed, dueAt)
  else if (!(await changeRoute(of, claimed, 'refused'))) await recordRefusedStart(of.database, claimed, dueAt)
}

/** A start that may have to upload inputs takes a longer lease first; null when it was lost meanwhile. */
async function withTimeForInputs(of: StepDependencies, claimed: Claimed): Promise<Claimed | null> {
  if (claimed.job.media.length === 0 || (claimed.step !== 'starting' && claimed.step !== 'recover')) return claimed
  const leaseEndsAt = of.clock.now() + LEASE_MS.collect
  return (await extendLease(of.database, claimed, leaseEndsAt)) ? { ...claimed, leaseEndsAt } : null
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
    of.observer.upstreamFailed(claimed.engine, 'start_unknown')
    await recordUnknownStart(of.database, claimed, of.clock.now() + UNKNOWN_START_WAIT_MS)
  }
}

import { recordProgress, recordRefusedStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { LEASE_MARGIN_MS, LEASE_MS } from '../generations/states.ts'
import { runCheck } from './run-check.ts'
import { runCollect } from './run-collect.ts'
import { runRecover } from './run-recover.ts'
import { runStart } from './run-start.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** A generation whose engine is not here now is looked at again after this long. */
const ENGINE_MISSING_RETRY_MS = 5_000

/**
 * Runs one claimed step and commits what follows. Every call inside is aborted before the lease ends. What a step
 * throws leaves its lease in place: the generation comes back when that runs out, and nothing is decided on a guess.
 */
export async function runStep(of: StepDependencies, claimed: Claimed): Promise<void> {
  const engine = of.engines.get(claimed.engine)
  if (engine === undefined || (!engine.isActive() && claimed.step !== 'collect')) {
    of.log.warn({ requestId: claimed.requestId, engine: claimed.engine }, 'no such engine here; looked at again later')
    const dueAt = of.clock.now() + ENGINE_MISSING_RETRY_MS
    if (claimed.step === 'starting') await recordRefusedStart(of.database, claimed, dueAt)
    else await recordProgress(of.database, claimed, claimed.progress, dueAt)
    return
  }
  const signal = AbortSignal.timeout(LEASE_MS[claimed.step] - LEASE_MARGIN_MS)
  switch (claimed.step) {
    case 'start':
    case 'starting':
      return runStart(of, engine, claimed, signal)
    case 'recover':
      return runRecover(of, engine, claimed, signal)
    case 'check':
      return runCheck(of, engine, claimed, signal)
    case 'collect':
      return runCollect(of, claimed, signal)
  }
}

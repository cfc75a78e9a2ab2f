import type { Engine, Finished } from '../engines/engine.ts'
import { recordFailedStep } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { MediaUnusable } from '../media/collect.ts'
import { endClaimed, toldUsage } from './end-claimed.ts'
import { contextOf, type StepDependencies } from './step-dependencies.ts'

const FAILED_COLLECT_RETRY_MS = 5_000

/**
 * Brings the media home and completes the generation: files are on disk before the commit that names them. Media that
 * can never be used fail the generation; anything else (a network fault) is tried again until the deadline.
 */
export async function runCollect(
  of: StepDependencies,
  engine: Engine | undefined,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const { requestId, job } = claimed
  const outcome = JSON.parse(claimed.outcome ?? 'null') as Finished
  const usage = toldUsage(claimed, outcome)
  try {
    const download = engine?.download?.bind(engine)
    const { output, media } = await of.collect(job, outcome, {
      signal,
      download: download && ((reference, path) => download(job, reference, path, contextOf(of, claimed, signal))),
    })
    await endClaimed(of, claimed, { status: 'COMPLETED', output, media }, usage)
  } catch (error) {
    of.log.warn({ requestId, err: error }, 'collecting media failed')
    of.observer.upstreamFailed(claimed.engine, 'collect_failed')
    if (!(error instanceof MediaUnusable)) {
      await recordFailedStep(of.database, claimed, of.clock.now() + FAILED_COLLECT_RETRY_MS)
      return
    }
    const message = 'The engine answered with media that cannot be used.'
    await endClaimed(of, claimed, { status: 'FAILED', code: 'GENERATION_FAILED', message, isCharged: false }, usage)
  }
}

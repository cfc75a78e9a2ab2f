import type { Engine, Finished } from '../engines/engine.ts'
import { recordFailedStep } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { MediaGone, MediaUnusable } from '../media/collect.ts'
import { endClaimed, toldUsage } from './end-claimed.ts'
import { contextOf, type StepDependencies } from './step-dependencies.ts'

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 60_000

/** Media that were not there at so many tries will not come: a file may take a moment until it is everywhere. */
const GONE_TRIES = 3

/**
 * Brings the media home and completes the generation: files are on disk before the commit that names them. Media that
 * can never be used, or stay gone, fail the generation; anything else (a network fault) is tried again until the deadline.
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
    const message = finalWord(error, claimed.attempts + 1)
    if (message === null) {
      const retryMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(claimed.attempts, 10), LONGEST_RETRY_MS)
      await recordFailedStep(of.database, claimed, of.clock.now() + retryMs)
      return
    }
    await endClaimed(of, claimed, { status: 'FAILED', code: 'GENERATION_FAILED', message, isCharged: false }, usage)
  }
}

/** What the caller is told when the media will never come home; null for a fault that may pass. */
function finalWord(error: unknown, tries: number): string | null {
  if (error instanceof MediaUnusable) return 'The engine answered with media that cannot be used.'
  return error instanceof MediaGone && tries >= GONE_TRIES ? 'The media were gone before they could be fetched.' : null
}

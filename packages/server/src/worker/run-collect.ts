import type { Finished } from '../engines/engine.ts'
import { recordProgress } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { finishGeneration } from '../generations/finish-generation.ts'
import { MediaUnusable } from '../media/collect.ts'
import type { StepDependencies } from './step-dependencies.ts'

const FAILED_COLLECT_RETRY_MS = 5_000

/**
 * Brings the media home and completes the generation: files are on disk before the commit that names them. Media that
 * can never be used fail the generation; anything else (a network fault) is tried again until the deadline.
 */
export async function runCollect(of: StepDependencies, claimed: Claimed, signal: AbortSignal): Promise<void> {
  const { requestId, keyId, fence } = claimed
  const outcome = JSON.parse(claimed.outcome ?? 'null') as Finished
  try {
    const { output, media } = await of.collect(claimed.job, outcome, signal)
    await finishGeneration(
      of,
      { requestId, keyId, fence, ending: { status: 'COMPLETED', output, media } },
      of.clock.now(),
    )
  } catch (error) {
    of.log.warn({ requestId, err: error }, 'collecting media failed')
    if (!(error instanceof MediaUnusable)) {
      await recordProgress(of.database, claimed, claimed.progress, of.clock.now() + FAILED_COLLECT_RETRY_MS)
      return
    }
    const message = 'The engine answered with media that cannot be used.'
    const ending = { status: 'FAILED', code: 'GENERATION_FAILED', message, isCharged: false } as const
    await finishGeneration(of, { requestId, keyId, fence, ending }, of.clock.now())
  }
}

import type { PendingResult, Result } from '@clipia/contract'
import { toCredits } from '../credits/amount.ts'
import type { Generation } from '../generations/generation.ts'
import { toOutput } from './output.ts'

/** Words a generation that may not be over. */
export function toPendingResult(generation: Generation): PendingResult {
  return {
    request_id: generation.requestId,
    status: generation.status,
    model: generation.model,
    mode: generation.mode,
    cost: toCredits(generation.cost),
    created_at: new Date(generation.createdAt).toISOString(),
  }
}

/** Words a generation that is over; null while it is not. */
export function toResult(generation: Generation, mediaUrl: string): Result | null {
  const { completedAt, deletedAt, output, error } = generation
  if (completedAt === null) return null
  const startedAt = generation.startedAt ?? completedAt
  return {
    ...toPendingResult(generation),
    ...(output !== null && { output: toOutput(output, mediaUrl) }),
    ...(error !== null && { error }),
    charged: generation.mode === 'test' ? 0 : toCredits(generation.cost - generation.refunded),
    ...(output?.seed !== undefined && { seed: output.seed }),
    completed_at: new Date(completedAt).toISOString(),
    ...(deletedAt !== null && { deleted_at: new Date(deletedAt).toISOString() }),
    timings: {
      queue_ms: Math.max(0, startedAt - generation.createdAt),
      run_ms: Math.max(0, completedAt - startedAt),
    },
  }
}

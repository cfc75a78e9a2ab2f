import type { Engine, Job } from './engine.ts'

/** Whether an engine can stop a job that it has begun, or (`hasBegun` false) that may still wait there. */
export function canCancel(
  engine: Pick<Engine, 'cancel' | 'cancelable'> | undefined,
  job: Pick<Job, 'type' | 'settings'>,
  hasBegun: boolean,
): boolean {
  if (engine?.cancel === undefined) return false
  const when = engine.cancelable?.(job) ?? 'always'
  return when === 'always' || (when === 'waiting' && !hasBegun)
}

import type { Finished } from '../engines/engine.ts'
import type { Claimed } from '../generations/claimed.ts'
import { type Ending, finishGeneration } from '../generations/finish-generation.ts'
import type { ToldUsage } from '../generations/insert-usage.ts'
import type { StepDependencies } from './step-dependencies.ts'

/** Ends a generation this node holds the lease of; changes nothing when the lease is lost. */
export async function endClaimed(
  of: StepDependencies,
  claimed: Claimed,
  ending: Ending,
  usage: ToldUsage | null = null,
): Promise<void> {
  const { requestId, keyId, fence } = claimed
  await finishGeneration(of, { requestId, keyId, fence, ending, usage }, of.clock.now())
}

/** What an outcome says of the provider's charge. */
export function toldUsage({ engine }: Claimed, { usage }: Pick<Finished, 'usage'>): ToldUsage | null {
  return usage === undefined ? null : { ...usage, engine }
}

import type { ClientContext, ClientFlags } from './context.ts'
import { follow } from './follow.ts'
import { showResult } from './show-result.ts'

/** `clipia watch`: takes up a request where it was left. */
export async function watch(
  context: ClientContext,
  flags: ClientFlags & { out?: string },
  requestId = '',
): Promise<void> {
  const result = await follow(context, requestId, flags.out)
  if (result !== null) await showResult(context, result, flags.out)
}

import type { ClientContext, ClientFlags } from './context.ts'
import { showResult } from './show-result.ts'

/** `clipia result` */
export async function result(
  context: ClientContext,
  flags: ClientFlags & { out?: string },
  requestId = '',
): Promise<void> {
  await showResult(context, await context.clipia.queue.result(requestId), flags.out)
}

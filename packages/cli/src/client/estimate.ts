import { buildInput, type InputFlags } from './build-input.ts'
import type { ClientContext, ClientFlags } from './context.ts'
import { explainPrice } from './show-price.ts'

/** `clipia estimate` */
export async function estimate(
  { clipia, terminal }: ClientContext,
  flags: ClientFlags & InputFlags,
  model = '',
): Promise<void> {
  const answer = await clipia.models.estimate(model, await buildInput(clipia, model, flags, terminal.stdin))
  if (terminal.isForPeople) terminal.line(`${terminal.paint('bold', model)}: ${explainPrice(answer)}`)
  else terminal.json(answer)
}

import type { SubmitOptions, SubmitResponse } from '@clipia/client'
import { formatCredits } from '../terminal/format-credits.ts'
import { buildInput, type InputFlags } from './build-input.ts'
import type { ClientContext, ClientFlags } from './context.ts'
import { detachOnInterrupt } from './detach.ts'
import { submitAndFollow } from './follow.ts'
import { readWholeNumber } from './read-whole-number.ts'
import { explainPrice } from './show-price.ts'
import { showResult } from './show-result.ts'

/** Flags of `clipia generate`. */
export interface GenerateFlags extends ClientFlags, InputFlags {
  webhook?: string
  wait?: boolean
  out?: string
  maxCost?: string
  idempotencyKey?: string
  scenario?: string
}

/** `clipia generate`: people see the price before anything runs, and it is that price they pay. */
export async function generate(context: ClientContext, flags: GenerateFlags, model = ''): Promise<void> {
  const { clipia, terminal } = context
  const options: SubmitOptions = {
    input: await buildInput(clipia, model, flags, terminal.stdin),
    webhookUrl: flags.webhook,
    maxCost: readWholeNumber('--max-cost', flags.maxCost),
    idempotencyKey: flags.idempotencyKey,
    sandboxScenario: flags.scenario,
  }
  if (terminal.isForPeople) options.quote = await showPrice(context, model, options.input)
  const submit = () => clipia.queue.submit(model, options)
  if (flags.wait || flags.out !== undefined) {
    const result = await submitAndFollow(context, submit, flags.out)
    if (result !== null) await showResult(context, result, flags.out)
    return
  }
  const submitted = await submitWhole(submit)
  if (!terminal.isForPeople) terminal.json(submitted)
  else terminal.line(`${submitted.request_id} is queued. Wait for it with: clipia watch ${submitted.request_id}`)
}

/** A Ctrl-C waits for the answer, so that no paid request is left without its id; a second one ends the process. */
async function submitWhole(submit: () => Promise<SubmitResponse>): Promise<SubmitResponse> {
  const interrupt = detachOnInterrupt()
  try {
    return await submit()
  } finally {
    interrupt.dispose()
  }
}

async function showPrice(
  { clipia, terminal, isSandbox }: ClientContext,
  model: string,
  input: SubmitOptions['input'],
): Promise<string> {
  const [estimate, { balance }] = await Promise.all([clipia.models.estimate(model, input), clipia.account.get()])
  const purse = isSandbox ? 'sandbox, nothing is charged' : `of ${formatCredits(balance.credits)}`
  terminal.line(`${terminal.paint('bold', model)}: ${explainPrice(estimate)}, ${purse}`)
  return estimate.quote
}

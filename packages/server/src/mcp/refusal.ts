import type { OperationReply } from './call-operation.ts'
import type { ToolAnswer } from './tool.ts'

/** What a refusal is worded from. */
type Refused = Pick<OperationReply, 'status' | 'body'> & Partial<OperationReply>

/**
 * Words an operation's error for an agent: the same code, message and field as over HTTP, and what is safe to do. A
 * server's fault leaves open what happened, so it never says that nothing did.
 */
export function toRefusal({ status, body, retryAfterSeconds = null }: Refused, whenUnknown: string): ToolAnswer {
  const code = String(Object(body.error).code)
  const advice = status >= 500 ? whenUnknown : (ADVICE[code] ?? ADVICE_OF_STATUS[status] ?? OTHER_ADVICE)
  const wait = retryAfterSeconds === null ? {} : { next_poll_ms: retryAfterSeconds * 1_000 }
  return { isError: true, data: { error: body.error, what_to_do: advice, ...wait } }
}

const ADVICE: Readonly<Record<string, string>> = {
  request_in_progress:
    'An identical call is being accepted at this moment. Make exactly the same call again: it answers that generation.',
  price_changed: 'Nothing was bought. Ask estimate_cost for the price now; go on only if your user agrees to it.',
  idempotency_key_reuse:
    'Nothing was bought. This idempotency_key stands for another call: leave it out, or send exactly that call.',
}

const ADVICE_OF_STATUS: Readonly<Record<number, string>> = {
  401: 'Nothing was done. Ask your user for a valid key; calling again does not help.',
  402: 'Nothing was bought. Ask your user: credits or the budget of the key must be raised.',
  429: 'Nothing was done. Wait next_poll_ms, then make the same call once.',
}

const OTHER_ADVICE = 'Nothing was done. Correct the call as the message says, or ask your user.'

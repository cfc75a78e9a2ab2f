import { NotAccepted } from '../engine.ts'
import type { Answer } from './call.ts'
import { neverWrittenCode } from './never-written.ts'

/**
 * Sends the request that starts a job. A request of which no byte left this machine is {@link NotAccepted}; any other
 * failure leaves the outcome unknown.
 */
export async function sendStart(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request
  } catch (error) {
    const code = neverWrittenCode(error)
    throw code === null ? error : new NotAccepted(`the engine could not be reached: ${code}`, { cause: error })
  }
}

/**
 * A client error, and yet no proof that nothing began: 408 is also what some proxies say of a slow server behind them,
 * 409 is what a server says while a first request with our key is still under way, 499 a proxy's word for a lost client.
 */
const UNCLEAR_STATUSES: ReadonlySet<number> = new Set([408, 409, 499])

/** Statuses that refuse this very input: the same words would be refused again. */
const INPUT_STATUSES: ReadonlySet<number> = new Set([400, 413, 415, 422])

/**
 * What a start means that was not answered with success. Returns for a refusal of the input, which ends the job. Throws
 * {@link NotAccepted} for every other client error: it is about the operator's set-up or the moment (a wrong credential,
 * no money, a model that is not there, too many requests), nothing the caller did. Throws a plain error where the outcome
 * is unknown: a 5xx may come from a proxy that has handed the request on.
 */
export function judgeRefusal({ status, retryAfterMs }: Answer, isInputStatus = INPUT_STATUSES.has(status)): void {
  if (isInputStatus) return
  if (status >= 400 && status < 500 && !UNCLEAR_STATUSES.has(status)) {
    throw new NotAccepted(`the engine answered ${status}`, { retryAfterMs })
  }
  throw new Error(`the outcome of a start is unknown: the engine answered ${status}`)
}

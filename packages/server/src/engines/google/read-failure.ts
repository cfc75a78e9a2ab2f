import { type Failed, NotAccepted } from '../engine.ts'
import type { Answer } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { REJECTED, refusedInput } from '../wire/rejected.ts'
import { judgeRefusal } from '../wire/start-call.ts'

/** How Google words that its rules forbid an input or a result, where no code says so. */
const REJECTED_WORDS = /usage guidelines|responsible ai|safety|prohibited|sensitive words|violat/i

/** Codes of `google.rpc.Status` for what is wrong with the input. */
const INPUT_CODES: ReadonlySet<unknown> = new Set([3, 9, 11])
/** Codes for faults of Google's own, for which it charges nothing: only what was made is charged. */
const FAULT_CODES: ReadonlySet<unknown> = new Set([4, 8, 10, 13, 14])

/** How a job ended that was refused. Throws where it is not refused for its input, as {@link judgeRefusal} does. */
export function readRefusal(answer: Answer): Failed {
  const { message, status, details } = fieldsOf(fieldsOf(answer.body).error)
  const reasons = (Array.isArray(details) ? details : []).map((detail) => textOf(fieldsOf(detail).reason))
  // A wrong key, a country or an account that may not: all come as a 400.
  const isOperators =
    status === 'FAILED_PRECONDITION' || reasons.some((reason) => reason?.startsWith('API_KEY') === true)
  if (answer.status === 400 && isOperators) throw new NotAccepted(`the engine answered 400 (${reasons[0] ?? status})`)
  judgeRefusal(answer)
  return isRejection(message) ? REJECTED : refusedInput(textOf(message))
}

/** How an operation ended that has an error, by its `google.rpc.Status`. */
export function readOperationError(error: unknown): Failed {
  const { code, message } = fieldsOf(error)
  if (isRejection(message)) return REJECTED
  if (INPUT_CODES.has(code)) return refusedInput(textOf(message))
  const failed: Failed = {
    state: 'failed',
    code: 'GENERATION_FAILED',
    message: 'The provider failed to make the media.',
    isCharged: false,
  }
  return FAULT_CODES.has(code) ? { ...failed, isEngineFault: true } : failed
}

function isRejection(message: unknown): boolean {
  return typeof message === 'string' && REJECTED_WORDS.test(message)
}

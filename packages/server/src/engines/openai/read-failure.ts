import { type Failed, NotAccepted } from '../engine.ts'
import type { Answer } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { REJECTED, refusedInput } from '../wire/rejected.ts'
import { judgeRefusal } from '../wire/start-call.ts'

/** Codes of OpenAI for content that its rules forbid, in the prompt, in the pictures or in what was made. */
const REJECTED_CODE = /moderation|content_policy|safety|sensitive/

/** Codes for 400 that are about the operator's account or set-up, not about this input. */
const OPERATORS_CODE = /^(billing_hard_limit_reached|insufficient_quota|model_not_found|invalid_api_key)$/

/** Whether a code of OpenAI says that content is not allowed. */
export function isRejectedCode(code: string | null): boolean {
  return code !== null && REJECTED_CODE.test(code)
}

/** How a job ended that was refused. Throws where it is not refused for its input, as {@link judgeRefusal} does. */
export function readRefusal(answer: Answer): Failed {
  const { code, message, type } = fieldsOf(fieldsOf(answer.body).error)
  const [codeText, typeText] = [textOf(code), textOf(type)]
  if (codeText !== null && OPERATORS_CODE.test(codeText) && answer.status === 400) {
    throw new NotAccepted(`the engine answered ${answer.status} (${codeText})`)
  }
  judgeRefusal(answer)
  return isRejectedCode(codeText) || isRejectedCode(typeText) ? REJECTED : refusedInput(textOf(message))
}

import { type Failed, NotAccepted } from '../engine.ts'
import type { Answer } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { REJECTED, refusedInput } from '../wire/rejected.ts'
import { judgeRefusal } from '../wire/start-call.ts'

/** `InputTextSensitiveContentDetected`, `OutputVideoSensitiveContentDetected.PolicyViolation`, `OutputImageRiskDetection`. */
const REJECTED_CODE = /SensitiveContentDetected|RiskDetection/

/** Codes for 400 that are about an endpoint or a service of ByteDance's, not about this input. */
const MOMENTS_CODE =
  /^(InvalidEndpoint|ContentSecurityDetectionError|InvalidAccount|AccountOverdue|InvalidSubscription)/

/** Faults of ByteDance's own. It charges only for what was made. */
const FAULT_CODE = /^(Internal|Service|Server|RateLimit|QuotaExceeded)/

/** How a job ended that was refused. Throws where it is not refused for its input, as {@link judgeRefusal} does. */
export function readRefusal(answer: Answer): Failed {
  const { code, message } = fieldsOf(fieldsOf(answer.body).error)
  const codeText = textOf(code) ?? ''
  if (answer.status === 400 && MOMENTS_CODE.test(codeText))
    throw new NotAccepted(`the engine answered 400 (${codeText})`)
  // Some refusals of content are a 403.
  const isRejected = REJECTED_CODE.test(codeText)
  judgeRefusal(answer, isRejected || undefined)
  return isRejected ? REJECTED : refusedInput(withoutRequestId(message))
}

/** How a task or a picture ended that has an error. */
export function readError(error: unknown): Failed {
  const { code, message } = fieldsOf(error)
  const codeText = textOf(code) ?? ''
  if (REJECTED_CODE.test(codeText)) return REJECTED
  const failed: Failed = {
    state: 'failed',
    code: 'GENERATION_FAILED',
    message: withoutRequestId(message) ?? 'The provider failed to make the media.',
    isCharged: false,
  }
  return FAULT_CODE.test(codeText) ? { ...failed, isEngineFault: true } : failed
}

/** Messages end in an id that says nothing to a caller. */
function withoutRequestId(message: unknown): string | null {
  return textOf(message)?.replace(/\s*Request id:.*$/i, '') ?? null
}

import type { Canceled, Failed } from '../engine.ts'
import type { Answer } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { REJECTED, refusedInput } from '../wire/rejected.ts'

/** Errors of a model that say what was wrong with a file of the input. */
const FILE_TYPES = /^(file_download_error|image_load_error|(image|video|audio|file)_too_(large|small)|unsupported_.*)$/

const FAILED: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The provider failed to make the media.',
  isCharged: false,
}

/** Words by which fal says that a job was stopped because its client wanted it. */
const CANCELED_TYPES: ReadonlySet<string | null> = new Set(['client_cancelled', 'client_disconnected'])

/**
 * How a job ended whose result is an error, from the answer and the word in its status. Null where the answer is not
 * fal's word on the job: then it is asked again. A model's own error is a list of typed details, a fault of the
 * platform one text with an `error_type`; fal charges nothing for the latter (500 and above), but may for the former.
 */
export function readFailure({ status, body, headers }: Answer, statusError: string | null): Failed | Canceled | null {
  const { detail, error_type: bodyType } = fieldsOf(body)
  const errorType = textOf(bodyType) ?? headers.get('x-fal-error-type') ?? statusError
  if (CANCELED_TYPES.has(errorType) || status === 499) return { state: 'canceled', isCharged: false }
  const details = (Array.isArray(detail) ? detail : []).map(fieldsOf)
  if (details.some(({ type }) => type === 'content_policy_violation')) return REJECTED
  if ([400, 413, 415, 422].includes(status)) return readRefusal(details, detail)
  const isFalsWord = errorType !== null || detail !== undefined
  return status < 500 || !isFalsWord ? null : { ...FAILED, isEngineFault: true }
}

/** How a job ended without media that is an error by its status alone. Whether it is charged, nobody says. */
export function readStatusError(statusError: string): Failed | Canceled {
  return CANCELED_TYPES.has(statusError) ? { state: 'canceled', isCharged: false } : FAILED
}

function readRefusal(details: readonly Readonly<Record<string, unknown>>[], detail: unknown): Failed {
  const [first = {}] = details
  const place = Array.isArray(first.loc) ? first.loc.filter((part) => part !== 'body').join('.') : ''
  const text = textOf(first.msg) ?? textOf(detail)
  const refusal = refusedInput(place === '' || text === null ? text : `${place}: ${text}`)
  return FILE_TYPES.test(String(first.type)) ? { ...refusal, code: 'INPUT_UNREACHABLE' } : refusal
}

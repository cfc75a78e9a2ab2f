import type { Job, Outcome, Usage } from '../engine.ts'
import { keepBase64 } from '../held/keep-base64.ts'
import type { ProviderParts } from '../provider-parts.ts'
import type { Answer, Call } from '../wire/call.ts'
import { fieldsOf, wholeOf } from '../wire/json-fields.ts'
import { pickMedia } from '../wire/pick-media.ts'
import { MADE_NOTHING } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readError, readRefusal } from './read-failure.ts'

/** Pictures come as URLs; only where a route asks for `b64_json` they come within the answer. */
const MAX_ANSWER_BYTES = 100 * 1024 * 1024

/** Makes the images of a job by one call. All or nothing: pictures that are missing fail the job. */
export async function makeSeedreamImages(
  call: Call,
  job: Job,
  input: Job['input'],
  { store, onWarning }: Pick<ProviderParts, 'store' | 'onWarning'>,
  of: { signal: AbortSignal; nowMs: number },
): Promise<Outcome> {
  const body = { model: job.settings.model, ...input }
  const answer = await sendStart(call('POST', '/images/generations', of, { body, maxBytes: MAX_ANSWER_BYTES }))
  if (!answer.isOk) return readRefusal(answer)
  const { data } = fieldsOf(answer.body)
  if (!Array.isArray(data)) throw new Error('ByteDance answered a success without data')
  const usage = readUsage(answer)
  const pictures = data.map(fieldsOf)
  const failed = pictures.find(({ error }) => error !== undefined && error !== null)
  if (failed !== undefined) {
    const { isEngineFault, ...failure } = readError(failed.error)
    // Of several pictures some may have been made, and charged.
    return { ...failure, ...usage, ...(isEngineFault === true && pictures.length === 1 && { isEngineFault }) }
  }
  const texts = pictures.map(({ b64_json: text }) => text)
  const media = texts.includes(undefined) ? await pickMedia({ data }, job) : await keepBase64(texts, store)
  if (media !== null && media.length > 0) return { state: 'finished', media, ...usage }
  onWarning('ByteDance answered with pictures that cannot be used')
  return { ...MADE_NOTHING, ...usage }
}

function readUsage({ body }: Answer): { usage?: Usage } {
  const amount = wholeOf(fieldsOf(fieldsOf(body).usage).generated_images)
  return amount === undefined || amount < 0 ? {} : { usage: { unit: 'image', amount } }
}

import type { Job, Outcome } from '../engine.ts'
import { keepBase64 } from '../held/keep-base64.ts'
import type { ProviderParts } from '../provider-parts.ts'
import type { Call } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { MADE_NOTHING, REJECTED } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readRefusal } from './read-failure.ts'
import { toGoogleFields } from './wire-words.ts'

const MAX_ANSWER_BYTES = 100 * 1024 * 1024
const NAMES = { num_images: 'sampleCount', resolution: 'sampleImageSize' }

/** Makes the images of a job by Imagen, all by one call. Pictures its filters hold back are missing in the answer. */
export async function makeImagenImages(
  call: Call,
  { input: { prompt, ...parameters }, settings }: Job,
  { store, onWarning }: Pick<ProviderParts, 'store' | 'onWarning'>,
  of: { signal: AbortSignal; nowMs: number },
): Promise<Outcome> {
  const body = {
    instances: [{ prompt: prompt ?? '' }],
    parameters: { ...toGoogleFields(parameters, NAMES), includeRaiReason: true },
  }
  const path = `/models/${settings.model}:predict`
  const answer = await sendStart(call('POST', path, of, { body, maxBytes: MAX_ANSWER_BYTES }))
  if (!answer.isOk) return readRefusal(answer)
  const { predictions } = fieldsOf(answer.body)
  if (!Array.isArray(predictions)) throw new Error('Google answered a success without predictions')
  const made = predictions.map(fieldsOf)
  const pictures = made.flatMap(({ bytesBase64Encoded: data }) => (data === undefined ? [] : [data]))
  const media = await keepBase64(pictures, store)
  if (media !== null) return { state: 'finished', media }
  if (pictures.length === 0 && made.some(({ raiFilteredReason }) => textOf(raiFilteredReason) !== null)) return REJECTED
  onWarning('Google answered with images that cannot be used')
  return MADE_NOTHING
}

import type { Failed, Job, Outcome } from '../engine.ts'
import { keepBase64 } from '../held/keep-base64.ts'
import type { ProviderParts } from '../provider-parts.ts'
import type { Answer, Call } from '../wire/call.ts'
import { fieldsOf, wholeOf } from '../wire/json-fields.ts'
import { partMedia } from '../wire/part-media.ts'
import { pickMedia } from '../wire/pick-media.ts'
import { provideFiles } from '../wire/provide-files.ts'
import { toDataUrl } from '../wire/provide-media.ts'
import { MADE_NOTHING } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readRefusal } from './read-failure.ts'

/** Pictures come within the answer: ten of the largest, in base64. */
const MAX_ANSWER_BYTES = 400 * 1024 * 1024

/** What the Images API is to be sent: a generation, or an edit where the input has pictures. */
export interface ImageRequest {
  path: string
  body: object
}

/** Makes the request of a job, its pictures within it where OpenAI could not fetch them. */
export async function buildImageRequest(
  job: Job,
  parts: ProviderParts,
  signal: AbortSignal,
): Promise<ImageRequest | { failure: Failed }> {
  const { media, rest } = partMedia(job)
  const body = { model: job.settings.model, ...rest }
  if (media.length === 0) return { path: '/images/generations', body }
  const provided = await provideFiles(job, media, parts, signal, toDataUrl)
  if ('failure' in provided) return provided
  const images = provided.files.map(({ name }) => ({ image_url: name }))
  return { path: '/images/edits', body: { ...body, images } }
}

/** Sends it and keeps the pictures of the answer. */
export async function makeImages(
  call: Call,
  job: Job,
  { path, body }: ImageRequest,
  { store, onWarning }: Pick<ProviderParts, 'store' | 'onWarning'>,
  of: { signal: AbortSignal; nowMs: number },
): Promise<Outcome> {
  const answer = await sendStart(call('POST', path, of, { body, maxBytes: MAX_ANSWER_BYTES }))
  if (!answer.isOk) return readRefusal(answer)
  const { data } = fieldsOf(answer.body)
  if (!Array.isArray(data)) throw new Error('OpenAI answered a success without data')
  const texts = data.map((image: unknown) => fieldsOf(image).b64_json)
  // Servers that speak the same wire may answer with URLs.
  const media = texts.includes(undefined) ? await pickMedia({ data }, job) : await keepBase64(texts, store)
  if (media !== null && media.length > 0) return { state: 'finished', media, ...readUsage(answer) }
  onWarning('OpenAI answered with pictures that cannot be used')
  return { ...MADE_NOTHING, ...readUsage(answer) }
}

/** The Images API counts tokens. */
function readUsage({ body }: Answer): Pick<Failed, 'usage'> {
  const amount = wholeOf(fieldsOf(fieldsOf(body).usage).total_tokens)
  return amount === undefined || amount < 0 ? {} : { usage: { unit: 'token', amount } }
}

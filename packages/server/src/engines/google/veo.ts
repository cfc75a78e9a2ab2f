import type { Job, MediaSource, Outcome, Progress, Started, Ticket } from '../engine.ts'
import type { OnWarning, ProviderParts } from '../provider-parts.ts'
import type { Answer, Call } from '../wire/call.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { partMedia } from '../wire/part-media.ts'
import { provideFiles } from '../wire/provide-files.ts'
import { toDataUrl } from '../wire/provide-media.ts'
import { MADE_NOTHING, REJECTED } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readOperationError, readRefusal } from './read-failure.ts'
import { splitDataUrl, toGoogleFields } from './wire-words.ts'

const OPERATION = /^models\/[\w.-]{1,100}\/operations\/[\w.-]{1,200}$/
const FILE = /\/(files\/[\w-]{1,100}):download(?:\?|$)/
const NAMES = { duration: 'durationSeconds', num_videos: 'sampleCount' }

type Of = { signal: AbortSignal; nowMs: number }

/** Starts an operation of Veo: the first picture of the input is the first frame. */
export async function startVideo(call: Call, job: Job, parts: ProviderParts, of: Of): Promise<Started> {
  const { media, rest } = partMedia(job)
  const { prompt, ...parameters } = rest
  const provided = await provideFiles(job, media, { ...parts, isReachable: () => false }, of.signal, toDataUrl)
  if ('failure' in provided) return provided.failure
  const [frame] = provided.files
  const image = frame === undefined ? null : splitDataUrl(frame.name)
  const body = {
    instances: [
      {
        prompt: prompt ?? '',
        ...(image !== null && { image: { bytesBase64Encoded: image.data, mimeType: image.mimeType } }),
      },
    ],
    parameters: toGoogleFields(parameters, NAMES),
  }
  const answer = await sendStart(call('POST', `/models/${job.settings.model}:predictLongRunning`, of, { body }))
  if (!answer.isOk) return readRefusal(answer)
  const { name } = fieldsOf(answer.body)
  if (typeof name !== 'string' || !OPERATION.test(name)) throw new Error('Google accepted a video without an operation')
  return { ticket: { operation: name } }
}

/** Asks for the operation. Google tells no progress. */
export async function checkVideo(
  call: Call,
  ticket: Ticket,
  onWarning: OnWarning,
  of: Of,
): Promise<Progress | Outcome> {
  const { operation } = fieldsOf(ticket)
  if (typeof operation !== 'string' || !OPERATION.test(operation)) throw new Error('the ticket is not one of Veo')
  return readOperation(expectOk(await call('GET', `/${operation}`, of)), onWarning)
}

function readOperation({ body }: Answer, onWarning: OnWarning): Progress | Outcome {
  const { name, done, error, response } = fieldsOf(body)
  if (typeof name !== 'string') throw new Error('Google answered with something else than an operation')
  if (error !== undefined && error !== null) return readOperationError(error)
  if (done !== true) return { state: 'running', percent: null }
  const { generatedSamples, raiMediaFilteredCount: filtered } = fieldsOf(fieldsOf(response).generateVideoResponse)
  const samples = Array.isArray(generatedSamples) ? generatedSamples : []
  const media = samples.flatMap((sample) => toSource(fieldsOf(fieldsOf(sample).video).uri))
  if (media.length > 0) return { state: 'finished', media }
  if (typeof filtered === 'number' && filtered > 0) return REJECTED
  onWarning('Google ended an operation without a video where it was looked for')
  return MADE_NOTHING
}

/** A file of Google is fetched with the key, below the base URL only; a URL elsewhere without it. */
function toSource(uri: unknown): MediaSource[] {
  const text = textOf(uri)
  if (text === null || !URL.canParse(text)) return []
  const file = FILE.exec(text)?.[1]
  if (file !== undefined) return [{ kind: 'held', reference: { file } }]
  return /^https?:/.test(text) ? [{ kind: 'url', url: text }] : []
}

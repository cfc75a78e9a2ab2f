import type { JsonValue } from '../../json.ts'
import type { Engine, EngineContext, Job, Outcome, Progress, Started, Ticket, Usage } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import { type Answer, createCall } from '../wire/call.ts'
import { readCallbackBody } from '../wire/callback-body.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, idOf, textOf, wholeOf } from '../wire/json-fields.ts'
import { pickMedia } from '../wire/pick-media.ts'
import { provideMedia } from '../wire/provide-media.ts'
import { MADE_NOTHING, REJECTED } from '../wire/rejected.ts'
import { judgeRefusal, sendStart } from '../wire/start-call.ts'
import { type Endpoint, findEndpoint } from './endpoint.ts'
import { readFailure, readStatusError } from './read-failure.ts'
import { uploadToFal } from './upload.ts'
import { createFalVerifier } from './verify-callback.ts'

/** The queue and everything else are two hosts of fal; a proxy or an emulator is one. */
const QUEUE_URL = 'https://queue.fal.run'
const REST_URL = 'https://rest.fal.ai'

/**
 * The engine of fal's queue. Its official package is not used: that one submits again on a 503, after which a job may
 * exist twice, hides the status by which an outcome is judged, reads answers of any size, and knows one host only.
 */
export function createFalEngine(of: ProviderParts): Engine {
  const headers = { authorization: `Key ${of.credential}` }
  const isHosted = of.baseUrl.replace(/\/+$/, '') === QUEUE_URL
  const queue = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  const rest = createCall({ baseUrl: isHosted ? REST_URL : of.baseUrl, headers, fetch: of.fetch })
  // The keys are public: whoever serves them need not see ours.
  const open = createCall({ baseUrl: isHosted ? REST_URL : of.baseUrl, headers: {}, fetch: of.fetch })

  async function start(job: Job, context: EngineContext): Promise<Started> {
    const { submit } = endpointOf(job)
    const provided = await provideMedia(job, of, context.signal, (file) => uploadToFal(rest, of.fetch, file, context))
    if ('failure' in provided) return provided.failure
    const webhook = context.callbackUrl === null ? '' : `?fal_webhook=${encodeURIComponent(context.callbackUrl)}`
    const answer = await sendStart(queue('POST', `${submit}${webhook}`, context, { body: provided.input }))
    if (!answer.isOk) {
      judgeRefusal(answer)
      const failure = readFailure(answer, null)
      if (failure === null) throw new Error(`the outcome of a start is unknown: the engine answered ${answer.status}`)
      return failure
    }
    const id = idOf(fieldsOf(answer.body).request_id)
    if (id === null) throw new Error('fal accepted a job without an id for it')
    return { ticket: { request: id } }
  }

  async function check(job: Job, ticket: Ticket, context: EngineContext): Promise<Progress | Outcome> {
    const path = requestPath(job, ticket)
    const status = fieldsOf(expectOk(await queue('GET', `${path}/status?logs=0`, context)).body)
    switch (status.status) {
      case 'IN_QUEUE':
        return { state: 'running', percent: 0, isWaiting: true }
      case 'IN_PROGRESS':
        return { state: 'running', percent: null }
      case 'CANCELED':
      case 'CANCELLED':
        return { state: 'canceled', isCharged: false }
      // fal documents COMPLETED for every end; the words of a failure are read as one should they come.
      case 'COMPLETED':
      case 'FAILED':
      case 'ERROR':
        return readResult(job, await queue('GET', path, context), textOf(status.error_type) ?? textOf(status.error))
      default:
        if (typeof status.status !== 'string') throw new Error('fal answered without a status')
        of.onWarning(`fal says "${toPublicText(status.status, 64)}", which is no status it documents`)
        return { state: 'running', percent: null }
    }
  }

  async function readResult(job: Job, answer: Answer, statusError: string | null): Promise<Outcome> {
    if (!answer.isOk) return readFailure(answer, statusError) ?? raise(answer)
    const output = fieldsOf(answer.body)
    // A model may end well and yet say what went wrong.
    if (Array.isArray(output.detail)) return readFailure({ ...answer, status: 422 }, null) ?? raise(answer)
    // Pictures that fal's safety checker blacked out: made, and not to be shown.
    const flags = output.has_nsfw_concepts
    if (Array.isArray(flags) && flags.length > 0 && flags.every((flag) => flag === true)) return REJECTED
    const media = await pickMedia(output as JsonValue, job)
    const [seed, usage] = [wholeOf(output.seed), readUsage(answer)]
    if (media.length === 0 && statusError !== null) return { ...readStatusError(statusError), ...usage }
    if (media.length === 0) {
      of.onWarning('fal completed a job without media where they were looked for')
      return { ...MADE_NOTHING, ...usage }
    }
    return { state: 'finished', media, ...(seed !== undefined && { seed }), ...usage }
  }

  const isGenuine = createFalVerifier(open)
  return {
    name: 'fal',
    traits: { isStartIdempotent: false, pollMs: 1_000, capacity: of.capacity, hasTellingCallbacks: true },
    isActive: (settings) => settings === undefined || findEndpoint(settings) !== null,
    freeSlots: () => of.capacity,
    start,
    check,
    async cancel(job, ticket, context) {
      const answer = await queue('PUT', `${requestPath(job, ticket)}/cancel`, context)
      // 400: it is done already; 404: it is gone. The next check tells.
      if (answer.status !== 400 && answer.status !== 404) expectOk(answer)
      // NOT_FOUND is what fal says of a job that it had taken out of its queue before, by a cancel whose answer was lost.
      const { status } = fieldsOf(answer.body)
      return status === 'OK' || status === 'NOT_FOUND' ? { state: 'canceled', isCharged: false } : null
    },
    async readCallback(callback, context) {
      if (!(await isGenuine(callback, context))) return null
      // `gateway_request_id` is the last of fal's own tries; the queue knows the job by `request_id`.
      const id = idOf(fieldsOf(readCallbackBody(callback)).request_id)
      return { ticket: id === null ? null : { request: id } }
    },
  }
}

function endpointOf({ settings }: Job): Endpoint {
  const endpoint = findEndpoint(settings)
  if (endpoint === null) throw new Error('the settings of the route name no model of fal')
  return endpoint
}

function requestPath(job: Job, ticket: Ticket): string {
  const id = idOf(fieldsOf(ticket).request)
  if (id === null) throw new Error('the ticket is not one of fal')
  return `${endpointOf(job).requests}/${id}`
}

/** What fal counts for a model (pictures, megapixels, seconds) it tells in a header, where the model does. */
function readUsage({ headers }: Answer): { usage?: Usage } {
  const amount = Number(headers.get('x-fal-billable-units') ?? Number.NaN)
  return Number.isFinite(amount) && amount >= 0 ? { usage: { unit: 'unit', amount } } : {}
}

function raise(answer: Answer): never {
  expectOk(answer)
  throw new Error('fal answered a result that says nothing')
}

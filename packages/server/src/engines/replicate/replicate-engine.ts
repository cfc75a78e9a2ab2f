import { openAsBlob } from 'node:fs'
import type { InputFile } from '../../media/inputs.ts'
import {
  type Callback,
  type Engine,
  type EngineContext,
  type Heard,
  type Job,
  NotAccepted,
  type Started,
  type Ticket,
} from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { readCallbackBody } from '../wire/callback-body.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, idOf, textOf } from '../wire/json-fields.ts'
import { provideMedia } from '../wire/provide-media.ts'
import { refusedInput } from '../wire/rejected.ts'
import { judgeRefusal, sendStart } from '../wire/start-call.ts'
import { isSignedByStandard } from '../wire/verify-standard-webhook.ts'
import { findEndpoint } from './endpoint.ts'
import { readPrediction } from './read-prediction.ts'

/** The secret changes when its owner makes a new one. */
const SECRET_LIFETIME_MS = 60 * 60 * 1000

/**
 * The engine of Replicate's predictions. Its official package is not used: that one waits and tries again by itself, on
 * a 429 of a submit too, and its check of callbacks accepts ones of any age.
 */
export function createReplicateEngine(of: ProviderParts): Engine {
  const headers = { authorization: `Bearer ${of.credential}` }
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  let secret: { text: string; readAt: number } | null = null

  async function start(job: Job, context: EngineContext): Promise<Started> {
    const endpoint = findEndpoint(job.settings)
    if (endpoint === null) throw new Error('the settings of the route name no model of Replicate')
    const provided = await provideMedia(job, of, context.signal, (file) => upload(file, context))
    if ('failure' in provided) return provided.failure
    const body = {
      ...(endpoint.version !== null && { version: endpoint.version }),
      input: provided.input,
      ...(context.callbackUrl !== null && { webhook: context.callbackUrl, webhook_events_filter: ['completed'] }),
    }
    const answer = await sendStart(call('POST', endpoint.path, context, { body }))
    if (!answer.isOk) {
      judgeRefusal(answer)
      const { detail, title } = fieldsOf(answer.body)
      return refusedInput(textOf(detail) ?? textOf(title))
    }
    const id = idOf(fieldsOf(answer.body).id)
    if (id === null) throw new Error('Replicate accepted a job without an id for it')
    return { ticket: { prediction: id } }
  }

  /** Puts a file among Replicate's files, where it expires after a day; no prediction exists yet. */
  async function upload({ path, contentType }: InputFile, context: EngineContext): Promise<string> {
    try {
      const form = new FormData()
      form.append('content', await openAsBlob(path, { type: contentType }), `input.${contentType.split('/')[1]}`)
      const answer = await call('POST', '/files', context, { form })
      const url = textOf(fieldsOf(fieldsOf(answer.body).urls).get)
      if (!answer.isOk || url === null) throw new Error(`the files of Replicate answered ${answer.status}`)
      return url
    } catch (error) {
      throw new NotAccepted('an input could not be uploaded', { cause: error, isEngineFault: !context.signal.aborted })
    }
  }

  /** A callback is the prediction itself. */
  async function readCallback(callback: Callback, context: EngineContext): Promise<Heard | null> {
    if (secret === null || context.nowMs - secret.readAt > SECRET_LIFETIME_MS) {
      const answer = expectOk(await call('GET', '/webhooks/default/secret', context))
      secret = { text: textOf(fieldsOf(answer.body).key) ?? '', readAt: context.nowMs }
    }
    if (!isSignedByStandard(callback, secret.text, context.nowMs)) return null
    const id = idOf(fieldsOf(readCallbackBody(callback)).id)
    return { ticket: id === null ? null : { prediction: id } }
  }

  return {
    name: 'replicate',
    traits: { isStartIdempotent: false, pollMs: 1_000, capacity: of.capacity, hasTellingCallbacks: true },
    isActive: (settings) => settings === undefined || findEndpoint(settings) !== null,
    freeSlots: () => of.capacity,
    start,
    async check(job, ticket, context) {
      const answer = expectOk(await call('GET', predictionPath(ticket), context))
      return readPrediction(answer.body, job, of.onWarning)
    },
    async cancel(_job, ticket, context) {
      const answer = await call('POST', `${predictionPath(ticket)}/cancel`, context)
      // 404 and 422: it is gone, or over. The next check tells.
      if (answer.status !== 404 && answer.status !== 422) expectOk(answer)
      return null
    },
    readCallback,
  }
}

function predictionPath(ticket: Ticket): string {
  const id = idOf(fieldsOf(ticket).prediction)
  if (id === null) throw new Error('the ticket is not one of Replicate')
  return `/predictions/${id}`
}

import type { JsonValue } from '../../json.ts'
import type {
  Callback,
  Engine,
  EngineContext,
  Failed,
  Heard,
  Job,
  Outcome,
  Progress,
  Started,
  Ticket,
} from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { type Answer, createCall } from '../wire/call.ts'
import { readCallbackBody } from '../wire/callback-body.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf } from '../wire/json-fields.ts'
import { provideMedia, toDataUrl } from '../wire/provide-media.ts'
import { judgeRefusal, sendStart } from '../wire/start-call.ts'
import { isSignedByStandard } from '../wire/verify-standard-webhook.ts'
import type { Definition, Request } from './definition.ts'
import { createAnswerReader } from './read-answer.ts'

/** What the engine of a file is made of. */
export interface GenericParts
  extends Pick<ProviderParts, 'baseUrl' | 'fetch' | 'inputs' | 'isReachable' | 'onWarning'> {
  /** Null for a provider that wants none. */
  credential: string | null
  /** By which the provider signs callbacks; null where they are not used. */
  callbackSecret: string | null
}

/** Statuses by which a cancel says that there is nothing to stop any more. */
const OVER_STATUSES: ReadonlySet<number> = new Set([400, 404, 409, 410, 422])

/** An expression is a pure function: what fails once fails always, and nothing was asked of the provider. */
const UNMAPPABLE: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The model could not pass this input on.',
  isCharged: false,
}

/** Creates the engine that a definition describes. */
export function createGenericEngine(definition: Definition, of: GenericParts): Engine {
  const fill = (text: string) => text.replaceAll('{credential}', of.credential ?? '')
  const headers = Object.fromEntries(Object.entries(definition.headers).map(([name, text]) => [name, fill(text)]))
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  const reader = createAnswerReader(definition, of.onWarning)
  const { start: starting, check: checking, result, cancel: canceling, find: finding } = definition

  const send = (request: Request, job: Job, ticket: string | null, context: EngineContext, options = {}) => {
    const { requestId, model, settings } = job
    const path = request.path.fill({ request_id: requestId, model, settings, ticket })
    return call(request.method, path, context, options)
  }

  async function start(job: Job, context: EngineContext): Promise<Started> {
    const isReachable = (url: string) => definition.mediaInputs === 'url' || of.isReachable(url)
    const provided = await provideMedia(job, { inputs: of.inputs, isReachable }, context.signal, toDataUrl)
    if ('failure' in provided) return provided.failure
    const body = await makeBody(job, provided.input, context).catch((error: unknown) => {
      of.onWarning(`the body of a start cannot be made: ${error instanceof Error ? error.message : String(error)}`)
      return null
    })
    if (body === null) return UNMAPPABLE
    const { idempotencyHeader: header } = starting
    const headers = header === null ? {} : { [header.toLowerCase()]: job.requestId }
    const answer = await sendStart(send(starting, job, null, context, { body, headers }))
    if (!answer.isOk) {
      judgeRefusal(answer)
      return reader.readRefusal(jsonOf(answer))
    }
    return readStarted(jsonOf(answer), job)
  }

  /** What a start sends: the job, as the file's expression has it, or its input as it is. */
  async function makeBody(
    job: Job,
    input: Job['input'],
    { callbackUrl }: EngineContext,
  ): Promise<JsonValue | undefined> {
    if (starting.body === null) return input
    const { requestId, model, type, settings } = job
    const callback = of.callbackSecret === null ? null : callbackUrl
    return starting.body.evaluate({ input, request_id: requestId, model, type, settings, callback_url: callback })
  }

  /** A provider may be done at once; else its id of the job is the only way back to it. */
  async function readStarted(body: JsonValue, job: Job): Promise<Started> {
    const id = ticketOf(await starting.ticket?.evaluate(body))
    // What a finished job made may be in an answer of its own.
    const standing = id === null || result === null ? await reader.readStanding(body) : null
    const outcome = standing === null ? null : await reader.readOutcome(standing, body, job)
    if (outcome !== null && outcome.state !== 'running') return outcome
    if (id === null) throw new Error('the engine accepted a job without a usable id for it')
    return { ticket: { id } }
  }

  async function check(job: Job, ticket: Ticket, context: EngineContext): Promise<Progress | Outcome> {
    const id = idIn(ticket)
    if (checking === null) throw new Error('the engine gives no tickets')
    const answer = await send(checking, job, id, context)
    if (!answer.isOk && (await checking.lost?.evaluate({ status: answer.status, body: jsonOf(answer) })) === true) {
      of.onWarning('the engine has lost a job it had accepted')
      return { state: 'failed', code: 'GENERATION_FAILED', message: 'The engine lost the job.', isCharged: false }
    }
    const body = jsonOf(expectOk(answer))
    const standing = await reader.readStanding(body)
    if (standing === null) throw new Error('the engine answered without a status')
    if (standing !== 'finished' || result === null) return reader.readOutcome(standing, body, job)
    return reader.readOutcome(standing, jsonOf(expectOk(await send(result, job, id, context))), job)
  }

  return {
    name: definition.name,
    traits: {
      isStartIdempotent: starting.idempotencyHeader !== null,
      pollMs: definition.pollMs,
      capacity: definition.capacity,
      hasTellingCallbacks: of.callbackSecret !== null && definition.callback?.ticket != null,
    },
    isActive: (settings) =>
      settings === undefined || neededSettings(definition).every((name) => hasText(settings[name])),
    freeSlots: () => definition.capacity,
    start,
    check,
    ...(canceling !== null && {
      cancelable: () => (canceling.onlyWaiting ? 'waiting' : 'always'),
      async cancel(job: Job, ticket: Ticket, context: EngineContext): Promise<null> {
        const answer = await send(canceling, job, idIn(ticket), context)
        if (!OVER_STATUSES.has(answer.status)) expectOk(answer)
        return null
      },
    }),
    ...(finding !== null && {
      async find(job: Job, context: EngineContext): Promise<Started | null> {
        const body = jsonOf(expectOk(await send(finding, job, null, context)))
        const id = ticketOf(await finding.ticket.evaluate(body))
        return id === null ? null : { ticket: { id } }
      },
    }),
    ...(of.callbackSecret !== null && {
      async readCallback(callback: Callback, { nowMs }: EngineContext): Promise<Heard | null> {
        if (!isSignedByStandard(callback, of.callbackSecret ?? '', nowMs)) return null
        const id = ticketOf(await definition.callback?.ticket?.evaluate(readCallbackBody(callback) as JsonValue))
        return { ticket: id === null ? null : { id } }
      },
    }),
  }
}

function jsonOf({ body }: Answer): JsonValue {
  return (body ?? null) as JsonValue
}

/** An id that fits into a path; see `path-template.ts` for its segments. */
function ticketOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\x21-\x7e]{1,1000}$/.test(text) ? text : null
}

function idIn(ticket: Ticket): string {
  const id = ticketOf(fieldsOf(ticket).id)
  if (id === null) throw new Error('the ticket is not one of this engine')
  return id
}

function neededSettings({ start, check, result, cancel, find }: Definition): string[] {
  return [start, check, result, cancel, find].flatMap((request) => request?.path.settings ?? [])
}

function hasText(value: JsonValue | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

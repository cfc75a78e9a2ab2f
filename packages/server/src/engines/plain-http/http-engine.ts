import type { Engine, EngineContext, Job, Started, Ticket } from '../engine.ts'
import { type Answer, createCall } from '../wire/call.ts'
import { sendStart } from '../wire/start-call.ts'
import { toFailed } from './failure.ts'
import { type JobDocument, readJobDocument, readJobError } from './job-document.ts'
import { readRefusal } from './refusal.ts'
import { type OnWarning, readStanding } from './standing.ts'

/** How the operator describes a server of their own. */
export interface HttpEngineOptions {
  /** Absolute http(s) URL that `/jobs` is appended to. Throws at creation when it is anything else. */
  baseUrl: string
  /** Sent as `Authorization: Bearer`; null where the server asks for none. */
  token: string | null
  /** Jobs the server may have at once, over all nodes. */
  capacity: number
  fetch: typeof globalThis.fetch
  /** The server never renders twice for one `Idempotency-Key`. Default false: claimed wrongly it costs double renders. */
  isStartIdempotent?: boolean
  /** The server has `GET /jobs?client_id=`. Default false. */
  canFind?: boolean
  /** The server has `POST /jobs/<job>/cancel`. Default true. */
  canCancel?: boolean
  /** Milliseconds between two checks of a running job. Default 2000. */
  pollMs?: number
  onWarning: OnWarning
}

/** The code by which a server says that it has no such job. A 404 without it may come from anyone on the way. */
const JOB_NOT_FOUND = 'JOB_NOT_FOUND'

/** Creates the engine of a server that speaks the protocol of `docs/engines/http.md`. */
export function createHttpEngine(options: HttpEngineOptions): Engine {
  const { capacity, onWarning, canFind = false, canCancel = true } = options
  if (options.token !== null && !/^[\x21-\x7e]+$/.test(options.token)) {
    throw new Error('the token of the http engine must be visible ASCII without spaces')
  }
  const headers: Record<string, string> = options.token === null ? {} : { authorization: `Bearer ${options.token}` }
  const call = createCall({ baseUrl: options.baseUrl, headers, fetch: options.fetch })

  async function start(job: Job, context: EngineContext): Promise<Started> {
    const { requestId, model, type, input, settings } = job
    const answer = await sendStart(
      call('POST', '/jobs', context, {
        headers: { 'idempotency-key': requestId },
        body: { id: requestId, model, type, input, settings },
      }),
    )
    if (!answer.isOk) return readRefusal(answer, onWarning)
    return toStarted(readDocument(answer, job), onWarning)
  }

  async function find(job: Job, context: EngineContext): Promise<Started | null> {
    const answer = await call('GET', `/jobs?client_id=${encodeURIComponent(job.requestId)}`, context)
    if (saysNoSuchJob(answer)) return null
    const document = readDocument(expectOk(answer), job)
    // A server that ignores the question would hand us the job of another request.
    if (document.clientId === null) throw new Error('the engine found a job without saying its client_id')
    return toStarted(document, onWarning)
  }

  async function cancel(_job: Job, ticket: Ticket, context: EngineContext): Promise<null> {
    const answer = await call('POST', `${jobPath(ticket)}/cancel`, context)
    // Over already, gone, or not to be stopped (409): the next check says how it ended.
    if (answer.status !== 409 && !saysNoSuchJob(answer)) expectOk(answer)
    return null
  }

  return {
    name: 'http',
    traits: { isStartIdempotent: options.isStartIdempotent ?? false, pollMs: options.pollMs ?? 2_000, capacity },
    isActive: () => true,
    freeSlots: () => capacity,
    start,
    async check(job, ticket, context) {
      const answer = await call('GET', jobPath(ticket), context)
      if (saysNoSuchJob(answer)) {
        onWarning('the engine has lost a job it had accepted')
        return toFailed(null, 'The engine lost the job.')
      }
      return readStanding(readDocument(expectOk(answer), job), onWarning)
    },
    ...(canFind && { find }),
    ...(canCancel && { cancel }),
  }
}

function readDocument(answer: Answer, { requestId }: Job): JobDocument {
  const document = readJobDocument(answer.body)
  if (document.clientId !== null && document.clientId !== requestId) {
    throw new Error('the engine answered with the job of another request')
  }
  return document
}

/** A server may be done at once; else its id of the job is the only way back to it. */
function toStarted(document: JobDocument, onWarning: OnWarning): Started {
  const isSilent = document.state === null && document.error === null && document.job !== null
  const standing = isSilent ? null : readStanding(document, onWarning)
  if (standing !== null && standing.state !== 'running') return standing
  if (document.job === null) throw new Error('the engine accepted a job without a usable id for it')
  return { ticket: { job: document.job } }
}

function expectOk(answer: Answer): Answer {
  if (answer.isOk) return answer
  const error = readJobError(answer.body)
  throw new Error(`the engine answered ${answer.status}${error === null ? '' : ` (${error.code}: ${error.message})`}`)
}

function saysNoSuchJob({ status, body }: Answer): boolean {
  return status === 404 && readJobError(body)?.code === JOB_NOT_FOUND
}

function jobPath(ticket: Ticket): string {
  const job = (ticket as { job?: unknown } | null)?.job
  if (typeof job !== 'string') throw new Error('the ticket is not one of the http engine')
  return `/jobs/${encodeURIComponent(job)}`
}

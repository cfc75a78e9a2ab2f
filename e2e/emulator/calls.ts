import type { JobBook } from './job-book.ts'
import { type EmulatedJob, standingAt, toDocument } from './jobs.ts'
import type { Route } from './options.ts'
import { makePng } from './png.ts'
import { json, NO_ROUTE, type Reply, refusal } from './replies.ts'

/** A request, read whole. */
export interface Incoming {
  method: string
  url: URL
  idempotencyKey: string | undefined
  body: string
}

/** A call of the protocol: whose it is, and its work, done when and if the emulator gets to it. */
export interface RoutedCall {
  route: Route
  clientId: string | null
  work: () => Reply
}

/** What the calls need of the emulator. */
export interface CallContext {
  book: JobBook
  canFind: boolean
  now: () => number
  origin: string
}

const NO_JOB = refusal(404, 'JOB_NOT_FOUND', 'No such job.')

/** Which call of the protocol a request is; a reply for one that is none. */
export function routeCall(of: CallContext, incoming: Incoming): RoutedCall | Reply {
  const { method, url } = incoming
  const [first, id = '', third, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent)
  const path = [first, id === '' ? null : '*', third].filter((part) => part != null).join('/')
  if (rest.length > 0) return NO_ROUTE
  if (method === 'POST' && path === 'jobs') return routeStart(of, incoming)
  if (method === 'GET' && path === 'jobs') return routeFind(of, url)
  if (first === 'media' && method === 'GET' && third !== undefined) return routeMedia(of, id, third)
  const job = of.book.get(id)
  const clientId = job?.clientId ?? null
  if (method === 'GET' && path === 'jobs/*') {
    return { route: 'check', clientId, work: () => (job === undefined ? NO_JOB : describe(of, job)) }
  }
  if (method === 'POST' && path === 'jobs/*/cancel') {
    return { route: 'cancel', clientId, work: () => (job === undefined ? NO_JOB : cancel(of, job)) }
  }
  return NO_ROUTE
}

function describe(of: CallContext, job: EmulatedJob, status = 200): Reply {
  return json(status, toDocument(job, of.now(), of.origin))
}

function routeStart(of: CallContext, { body, idempotencyKey }: Incoming): RoutedCall | Reply {
  const start = parseObject(body)
  const id = start?.id
  if (typeof id !== 'string' || id === '' || typeof start?.input !== 'object') {
    return refusal(400, 'GENERATION_FAILED', 'The body must be {"id", "model", "type", "input", "settings"}.')
  }
  if (idempotencyKey !== id) {
    return refusal(400, 'GENERATION_FAILED', 'Idempotency-Key must be the id of the body.')
  }
  return {
    route: 'start',
    clientId: id,
    work: () => {
      const { job, isNew } = of.book.accept(id, start.input, of.now())
      return describe(of, job, isNew ? 202 : 200)
    },
  }
}

function routeFind(of: CallContext, url: URL): RoutedCall | Reply {
  const clientId = url.searchParams.get('client_id')
  if (!of.canFind || clientId === null) return NO_ROUTE
  return {
    route: 'find',
    clientId,
    work: () => {
      const job = of.book.findByClient(clientId)
      return job === undefined ? NO_JOB : describe(of, job)
    },
  }
}

function cancel(of: CallContext, job: EmulatedJob): Reply {
  if (!standingAt(job, of.now()).isAlive) return refusal(409, 'ALREADY_ENDED', 'The job has ended.')
  if (job.plan.cancel === 'refuse') return refusal(409, 'NOT_CANCELABLE', 'The job cannot be canceled.')
  if (job.plan.cancel === 'obey') job.cancelAskedAt ??= of.now()
  return describe(of, job, 202)
}

function routeMedia(of: CallContext, id: string, file: string): RoutedCall {
  const job = of.book.get(id)
  const index = /^(\d{1,2})\.png$/.exec(file)?.[1]
  const isThere = job !== undefined && index !== undefined && Number(index) < job.mediaCount
  return {
    route: 'media',
    clientId: job?.clientId ?? null,
    work: () => {
      const isReady = isThere && standingAt(job, of.now()).state === 'finished'
      return isReady ? { status: 200, type: 'image/png', body: makePng(`${job.clientId}/${index}`) } : NO_ROUTE
    },
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

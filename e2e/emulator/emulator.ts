import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { routeCall } from './calls.ts'
import { checkControl, checkOptions } from './check-control.ts'
import { createFaults } from './faults.ts'
import { createJobBook } from './job-book.ts'
import { standingAt } from './jobs.ts'
import type { Control, EmulatorOptions, Route } from './options.ts'
import { answerCall, json, NO_ROUTE, type Reply, refusal, send } from './replies.ts'

/** What the emulator has seen and done since it started. */
export interface EmulatorStats {
  nowMs: number
  /** Accepted renders by the client's id; above 1 somebody paid twice. */
  renders: Record<string, number>
  /** Sum of {@link renders}. */
  totalRenders: number
  /** Calls that were well-formed and had the token, faulty ones included. */
  calls: Record<Route, number>
  /** How often each fault struck, by `route/act/stage`. */
  faults: Record<string, number>
  /** Calls without the token. */
  unauthorized: number
  /** The most jobs alive at once: above the stated capacity somebody sent too many. */
  mostAlive: number
  jobs: { job: string; clientId: string; state: string }[]
}

/** A server of the plain HTTP engine's protocol that renders nothing, counts everything and fails on demand. */
export interface Emulator {
  /** Base URL of the protocol, without a trailing slash. */
  url: string
  stats(): EmulatorStats
  control(control: Control): void
  /** Ends all connections, hung ones too; may be called again. */
  close(): Promise<void>
}

/** Starts an emulator on 127.0.0.1. Other processes steer it by `POST /_control` and read `GET /_stats`. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options)
  const { port = 0, token = null, clock = 'real', seed = 1 } = options
  const book = createJobBook(seed)
  const faults = createFaults(seed)
  const calls: Record<Route, number> = { start: 0, find: 0, check: 0, cancel: 0, media: 0 }
  let virtualMs = 0
  let canFind = true
  let unauthorized = 0
  const now = () => (clock === 'virtual' ? virtualMs : Date.now())

  function control(wanted: Control): void {
    checkControl(wanted)
    if (wanted.advanceMs !== undefined && clock !== 'virtual') throw new Error('only a virtual clock can be advanced')
    virtualMs += wanted.advanceMs ?? 0
    canFind = wanted.canFind ?? canFind
    book.apply(wanted)
    faults.apply(wanted)
  }

  function stats(): EmulatorStats {
    const jobs = book.list()
    return {
      nowMs: now(),
      renders: { ...book.renders },
      totalRenders: jobs.length,
      calls: { ...calls },
      faults: { ...faults.struck },
      unauthorized,
      mostAlive: book.mostAlive,
      jobs: jobs.map((job) => ({ job: job.job, clientId: job.clientId, state: standingAt(job, now()).state })),
    }
  }

  function administer(method: string, path: string, body: string): Reply {
    if (method === 'GET' && path === '/_stats') return json(200, stats())
    if (method !== 'POST' || path !== '/_control') return NO_ROUTE
    try {
      control(JSON.parse(body))
      return json(200, stats())
    } catch (error) {
      return refusal(400, 'BAD_CONTROL', error instanceof Error ? error.message : String(error))
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const method = request.method ?? ''
    const target = new URL(request.url ?? '/', url)
    if (target.pathname.startsWith('/_')) return send(administer(method, target.pathname, body), response)
    const isMedia = target.pathname.startsWith('/media/')
    if (token !== null && !isMedia && request.headers.authorization !== `Bearer ${token}`) {
      unauthorized += 1
      return send(refusal(401, 'UNAUTHORIZED', 'The bearer token is missing or wrong.'), response)
    }
    const header = request.headers['idempotency-key']
    const idempotencyKey = typeof header === 'string' ? header : undefined
    const call = routeCall({ book, canFind, now, origin: url }, { method, url: target, idempotencyKey, body })
    if (!('route' in call)) return send(call, response)
    calls[call.route] += 1
    answerCall(call.work, faults.take(call.route, call.clientId), request, response)
  }

  const { port: _port, token: _token, clock: _clock, seed: _seed, ...initial } = options
  control(initial)
  const server = createServer((request, response) => {
    // Only a client that left while it was still sending, or a target that is no URL: there is nobody to tell.
    handle(request, response).catch(() => request.socket.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const closed = once(server, 'close')

  return {
    url,
    stats,
    control,
    async close() {
      if (server.listening) server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import {
  type Failed,
  type Job,
  NotAccepted,
  type Outcome,
  type Progress,
  type Started,
  type Ticket,
} from '../engine.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { beatHeldCall, endHeldCall, findHeldCall, insertHeldCall } from './held-call-records.ts'

/**
 * Calls of providers that answer only once the media are made, which takes longer than a step may. The step waits a
 * little, so that what is refused at once is refused as by any other engine; then this node holds the call, with a
 * heartbeat in the database, and checks on any node tell how it stands.
 *
 * The connection is the only way to the answer. When it breaks, or the node dies, nobody can know whether the provider
 * rendered (and charges): the job fails and is refunded, on no other route, and is never asked for twice.
 */
export interface HeldCalls {
  /** Makes a call that sends a job. Throws what it throws within the first seconds, as an engine's `start` does. */
  hold(job: Job, signal: AbortSignal, call: (signal: AbortSignal) => Promise<Outcome>): Promise<Started>
  /** How a call stands, by the ticket of {@link HeldCalls.hold}. */
  check(job: Job, ticket: Ticket, nowMs: number): Promise<Progress | Outcome>
  /** Waits for the calls of this node, at most `graceMs`, and gives up the others. May be repeated. */
  close(graceMs: number): Promise<void>
}

const BEAT_MS = 1_000
/** How long a step waits itself: most refusals come within it, and few renders. */
const PATIENCE_MS = 4_000

const LOST: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The answer of the provider was lost.',
  isCharged: false,
}

/** Refused late: nothing was made, so another route may. */
const REFUSED: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The provider did not take the job.',
  isCharged: false,
  isEngineFault: true,
}

/** Creates the calls of a node. `onNews` is told of every request whose call has ended. */
export function createHeldCalls(of: {
  database: Database
  clock: Clock
  onNews: (requestId: string) => void
  log: Logger
  /** A new id for every call. */
  makeId: () => string
  /** How long a step waits itself, in milliseconds. */
  patienceMs?: number
}): HeldCalls {
  const running = new Map<string, { abort: AbortController; over: Promise<void> }>()

  /** Keeps the record of a call true until it is over and on record, or nobody wants it any more. */
  async function accompany(job: Job, id: string, answer: Promise<Outcome>, abort: AbortController): Promise<void> {
    const log = of.log.child({ requestId: job.requestId })
    const told: Outcome[] = []
    const known = answer
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a call that was held led to no answer')
        return error instanceof NotAccepted ? REFUSED : LOST
      })
      .then((outcome) => void told.push(outcome))
    for (;;) {
      const [outcome] = told
      try {
        if (outcome !== undefined) return await endHeldCall(of.database, job.requestId, id, outcome)
        if (!(await beatHeldCall(of.database, job.requestId, id, of.clock.now()))) {
          abort.abort(new Error('nobody waits for the answer any more'))
          return
        }
      } catch (error) {
        log.warn({ err: error }, 'how a held call stands could not be recorded')
        if (abort.signal.aborted) return
      }
      const beat = wait(BEAT_MS, undefined, { ref: false })
      await (outcome === undefined ? Promise.race([known, beat]) : beat)
    }
  }

  return {
    async hold(job, signal, call) {
      const abort = new AbortController()
      const giveUp = () => abort.abort(signal.reason)
      if (signal.aborted) throw new NotAccepted('there was no time left', { isEngineFault: false })
      signal.addEventListener('abort', giveUp)
      const answer = call(abort.signal)
      try {
        const early = await Promise.race([
          answer,
          wait(of.patienceMs ?? PATIENCE_MS, null, { signal: abort.signal, ref: false }),
        ])
        if (early !== null) return early
        const id = of.makeId()
        await insertHeldCall(of.database, job.requestId, id, of.clock.now())
        const over = accompany(job, id, answer, abort).finally(() => {
          running.delete(id)
          of.onNews(job.requestId)
        })
        running.set(id, { abort, over })
        return { ticket: { call: id } }
      } catch (error) {
        answer.catch(() => {})
        abort.abort(error)
        throw error
      } finally {
        signal.removeEventListener('abort', giveUp)
      }
    },
    async check(job, ticket, nowMs) {
      const id = textOf(fieldsOf(ticket).call)
      if (id === null) throw new Error('the ticket is not one of a held call')
      // What this node holds is alive, however late its heartbeat.
      const isHere = running.has(id)
      const found = await findHeldCall(of.database, job.requestId, id, nowMs)
      if (found === 'alive' || (found === 'lost' && isHere)) return { state: 'running', percent: null }
      return found === 'lost' ? LOST : found
    },
    async close(graceMs) {
      const calls = [...running.values()]
      const all = Promise.all(calls.map(({ over }) => over))
      await Promise.race([all, wait(graceMs, undefined, { ref: false })])
      for (const { abort } of calls) abort.abort(new Error('the process ends'))
      await all
    },
  }
}

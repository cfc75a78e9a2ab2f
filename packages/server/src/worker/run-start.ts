import { type Engine, NotAccepted, type Started } from '../engines/engine.ts'
import { recordLateTicket, recordRefusedStart, recordTicket, recordUnknownStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { changeRoute } from './routing/change-route.ts'
import { nextCheckMs } from './routing/next-check.ts'
import { settleOutcome } from './settle-outcome.ts'
import { contextOf, routeOf, type StepDependencies } from './step-dependencies.ts'

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/**
 * Gives the job to its engine. Only {@link NotAccepted} is proof that nothing began and may be tried again, on another
 * route at once; any other error leaves the outcome unknown.
 */
export async function runStart(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const route = routeOf(claimed)
  of.breakers.begin(route, of.clock.now(), claimed.leaseEndsAt)
  const started = await engine.start(claimed.job, contextOf(of, claimed, signal)).catch((error: unknown) => {
    const isAsked = !(error instanceof NotAccepted) || error.isEngineFault
    of.breakers.report(route, isAsked ? 'fault' : 'unasked', of.clock.now())
    if (error instanceof NotAccepted) return error
    throw error
  })
  if (started instanceof NotAccepted) return keepRefused(of, claimed, started)
  of.breakers.report(route, 'answered', of.clock.now())
  return keepStarted(of, engine, claimed, started, signal)
}

async function keepRefused(of: StepDependencies, claimed: Claimed, error: NotAccepted): Promise<void> {
  const { requestId, engine } = claimed
  of.log.warn({ requestId, engine, reason: error.message, err: error.cause }, 'start not accepted')
  of.observer.upstreamFailed(engine, 'start_refused')
  const backoffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(claimed.attempts - 1, 10), LONGEST_RETRY_MS)
  const dueAt = of.clock.now() + Math.max(backoffMs, error.retryAfterMs ?? 0)
  // A second try that was refused proves nothing about the first, whose outcome stays unknown.
  if (claimed.step === 'recover') return recordUnknownStart(of.database, claimed, dueAt)
  if (error.isEngineFault && (await changeRoute(of, claimed, 'refused'))) return
  await recordRefusedStart(of.database, claimed, dueAt)
}

/** Stores what a start led to. */
export async function keepStarted(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  started: Started,
  signal: AbortSignal,
): Promise<void> {
  if (!('ticket' in started)) return settleOutcome(of, engine, claimed, started)
  const nowMs = of.clock.now()
  const dueAt = nowMs + nextCheckMs(engine.traits, 0, of.durations.typicalMs(routeOf(claimed)))
  const ticketJson = JSON.stringify(started.ticket)
  const isKept =
    (await recordTicket(of.database, claimed, ticketJson, { nowMs, dueAt })) ||
    (await recordLateTicket(of.database, claimed, ticketJson, nowMs))
  if (!isKept && (await isOrphan(of, engine, claimed))) {
    of.log.warn({ requestId: claimed.requestId, engine: engine.name }, 'a job nobody waits for is canceled upstream')
    await engine.cancel?.(claimed.job, started.ticket, contextOf(of, claimed, signal))
  }
}

/**
 * Whether a ticket that came too late is known to nobody else. While the generation lives by the very start that gave it,
 * somebody has found the job already (by a callback or by asking), and stopping it would be stopping theirs; where starts
 * are idempotent a later start on the same route has led to the same job.
 */
async function isOrphan(of: StepDependencies, { traits }: Engine, claimed: Claimed): Promise<boolean> {
  const { requestId, startFence, route } = claimed
  const alive = await of.database.read(
    `SELECT 1 AS alive FROM queue
     WHERE request_id = $1 AND (start_fence = $2 OR (CAST($3 AS INTEGER) = 1 AND route = $4))`,
    [requestId, startFence, traits.isStartIdempotent ? 1 : 0, route],
  )
  return alive.length === 0
}

import { type Engine, NotAccepted, type Started } from '../engines/engine.ts'
import { recordRefusedStart, recordTicket, recordUnknownStart } from '../generations/advance.ts'
import type { Claimed } from '../generations/claimed.ts'
import { settleOutcome } from './settle-outcome.ts'
import type { StepDependencies } from './step-dependencies.ts'

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

/**
 * Gives the job to its engine. Only {@link NotAccepted} is proof that nothing began and may be tried again; any other
 * error leaves the outcome unknown.
 */
export async function runStart(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  try {
    const started = await engine.start(claimed.job, { signal, nowMs: of.clock.now() })
    await keepStarted(of, engine, claimed, started, signal)
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error
    const backoffMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(claimed.attempts - 1, 10), LONGEST_RETRY_MS)
    of.log.warn({ requestId: claimed.requestId, engine: engine.name, reason: error.message }, 'start not accepted')
    const dueAt = of.clock.now() + Math.max(backoffMs, error.retryAfterMs ?? 0)
    // A second try that was refused proves nothing about the first, whose outcome stays unknown.
    if (claimed.step === 'recover') await recordUnknownStart(of.database, claimed, dueAt)
    else await recordRefusedStart(of.database, claimed, dueAt)
  }
}

/** Stores what a start led to. */
export async function keepStarted(
  of: StepDependencies,
  engine: Engine,
  claimed: Claimed,
  started: Started,
  signal: AbortSignal,
): Promise<void> {
  if (!('ticket' in started)) return settleOutcome(of, claimed, started)
  const dueAt = of.clock.now() + engine.traits.pollMs
  const isKept = await recordTicket(of.database, claimed, JSON.stringify(started.ticket), dueAt)
  if (!isKept && (await isOrphan(of, engine, claimed))) {
    of.log.warn({ requestId: claimed.requestId, engine: engine.name }, 'a job nobody waits for is canceled upstream')
    await engine.cancel?.(claimed.job, started.ticket, { signal, nowMs: of.clock.now() })
  }
}

/**
 * Whether a ticket that came too late is known to nobody else. While the generation lives, its new worker finds the
 * very same job again (by an idempotent start or by asking), and stopping it would be stopping theirs.
 */
async function isOrphan(of: StepDependencies, engine: Engine, { requestId }: Claimed): Promise<boolean> {
  if (!engine.traits.isStartIdempotent && engine.find === undefined) return true
  const alive = await of.database.read('SELECT 1 AS alive FROM queue WHERE request_id = $1', [requestId])
  return alive.length === 0
}

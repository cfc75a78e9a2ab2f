import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Callback, Engines, Heard } from '../engines/engine.ts'
import { makeDue, recordLateTicket } from './advance.ts'
import type { StartName } from './callback-address.ts'

/** What hearing callbacks needs of the process. */
export interface CallbackDependencies {
  database: Database
  clock: Clock
  engines: Engines
  onQueued: () => void
  log: Logger
}

const VERIFY_LIMIT_MS = 10_000

/**
 * Takes a provider's word that a start of ours has news. A job whose ticket is on record is checked at once, and nothing
 * else, so that a doubled or late callback is harmless, and so is ignoring one. A start whose answer was lost, or is still
 * under way, gets the ticket that the callback names. Answers whether the callback was genuine; one that cannot be
 * verified is not.
 */
export async function hearCallback(of: CallbackDependencies, start: StartName, callback: Callback): Promise<boolean> {
  const { engine: engineName, requestId } = start
  const heard = await readCallback(of, start, callback)
  if (heard === null) {
    of.log.warn({ engine: engineName, requestId }, 'a callback is ignored')
    return false
  }
  const nowMs = of.clock.now()
  if (heard.ticket !== null && (await recordLateTicket(of.database, start, JSON.stringify(heard.ticket), nowMs))) {
    of.log.info({ engine: engineName, requestId }, 'a callback brought the ticket of a start')
  } else {
    await makeDue(of.database, requestId, nowMs)
  }
  of.onQueued()
  return true
}

async function readCallback(of: CallbackDependencies, start: StartName, callback: Callback): Promise<Heard | null> {
  const engine = of.engines.get(start.engine)
  if (engine?.readCallback === undefined) return null
  const context = { signal: AbortSignal.timeout(VERIFY_LIMIT_MS), nowMs: of.clock.now(), callbackUrl: null }
  return engine.readCallback(callback, context).catch((error: unknown) => {
    of.log.warn({ engine: start.engine, requestId: start.requestId, err: error }, 'a callback could not be verified')
    return null
  })
}

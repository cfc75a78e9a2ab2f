import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Callback, Engines } from '../engines/engine.ts'
import { makeDue } from './advance.ts'

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
 * Takes a provider's word that a request has news: its next check is due at once. That is all a callback does, so that a
 * doubled, late or misdirected one is harmless, and so is ignoring one: every job is asked for anyway. Answers whether
 * the callback was genuine; one that cannot be verified is not.
 */
export async function hearCallback(
  of: CallbackDependencies,
  engineName: string,
  requestId: string,
  callback: Callback,
): Promise<boolean> {
  const engine = of.engines.get(engineName)
  if (engine?.verifyCallback === undefined || !/^[0-9a-f-]{36}$/.test(requestId)) return false
  const signal = AbortSignal.timeout(VERIFY_LIMIT_MS)
  const context = { signal, nowMs: of.clock.now(), callbackUrl: null }
  const isGenuine = await engine.verifyCallback(callback, context).catch((error: unknown) => {
    of.log.warn({ engine: engineName, requestId, err: error }, 'a callback could not be verified')
    return false
  })
  if (!isGenuine) {
    of.log.warn({ engine: engineName, requestId }, 'a callback is ignored')
    return false
  }
  await makeDue(of.database, requestId, of.clock.now())
  of.onQueued()
  return true
}

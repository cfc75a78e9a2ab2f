import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Engines } from '../engines/engine.ts'
import type { Identifiers } from '../identifiers.ts'
import type { Collect } from '../media/collect.ts'

/** What the steps of the state machine need of the process. */
export interface StepDependencies {
  database: Database
  clock: Clock
  identifiers: Identifiers
  engines: Engines
  collect: Collect
  /** Called after a commit that queued something. */
  onQueued: () => void
  log: Logger
}

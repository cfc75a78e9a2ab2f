import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Engines } from '../engines/engine.ts'
import type { FinishDependencies } from '../generations/finish-generation.ts'
import type { Collect } from '../media/collect.ts'

/** What the steps of the state machine need of the process. */
export interface StepDependencies extends FinishDependencies {
  clock: Clock
  engines: Engines
  collect: Collect
  log: Logger
}

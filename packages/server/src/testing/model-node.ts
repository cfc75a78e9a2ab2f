import { type Logger, pino } from 'pino'
import { createCatalogue } from '../catalogue/catalogue.ts'
import type { Database } from '../database/database.ts'
import type { SubmitDependencies } from '../generations/submit-generation.ts'
import { createIdentifiers } from '../identifiers.ts'
import type { Collect } from '../media/collect.ts'
import type { Duty } from '../worker/duties/duty.ts'
import { endOverdue } from '../worker/duties/end-overdue.ts'
import { createBreakers } from '../worker/routing/breakers.ts'
import { createDurations } from '../worker/routing/durations.ts'
import { createWorker, type Worker } from '../worker/worker.ts'
import type { ManualClock } from './manual-clock.ts'
import { MODELS, NOBODY_LISTENS } from './model-models.ts'
import { createMortalDatabase, type MortalDatabase } from './mortal-database.ts'
import type { Upstream } from './upstream.ts'

/** A node of the model: the real operations and the real worker on a database that may end with it. */
export interface ModelNode {
  database: MortalDatabase
  services: SubmitDependencies & { clock: ManualClock; log: Logger }
  worker: Worker
  duty: Duty
}

/** Creates a node; `mayDie` is asked at every statement and commit. */
export function createModelNode(of: {
  database: Database
  clock: ManualClock
  upstreams: readonly Upstream[]
  mayDie: (factor: number) => boolean
  collect: Collect
}): ModelNode {
  const database = createMortalDatabase(
    of.database,
    () => of.mayDie(1),
    () => of.mayDie(2),
  )
  const engines = new Map(of.upstreams.map((upstream) => upstream.createEngine()).map((one) => [one.name, one]))
  const catalogue = createCatalogue(MODELS)
  const services = {
    database,
    clock: of.clock,
    identifiers: createIdentifiers(of.clock),
    catalogue: () => catalogue,
    engines,
    quoteKey: Buffer.alloc(32),
    checkInputUrl: () => null,
    inputFiles: { check: async () => {}, take: async () => null },
    checkWebhookUrl: () => null,
    prepareSecrets: async () => {},
    log: pino({ level: 'silent' }),
    ...NOBODY_LISTENS,
  }
  const steps = {
    ...services,
    collect: of.collect,
    breakers: createBreakers(),
    durations: createDurations(),
    // The address says which start it names; nobody else can be told it.
    callbackUrl: (start: object) => JSON.stringify(start),
  }
  const worker = createWorker(steps, services.identifiers.uuid(), () => {})
  return { database, services, worker, duty: endOverdue(steps) }
}

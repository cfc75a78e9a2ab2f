import { Gauge, type Registry } from 'prom-client'
import type { DatabaseClock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { type Backlog, readBacklog } from './read-backlog.ts'

/** A database that takes longer than this is as good as away. */
const MOST_READ_MS = 5_000

/** What the gauges are read from. */
export interface GaugeSources {
  database: Database
  clock: DatabaseClock
  /** Held answers and open streams of this node. */
  countWaits: () => number
}

/** What is read when somebody asks. */
export interface Gauges {
  /** Reads everything anew; calls at the same time share one reading. A database that is away is told as such. */
  refresh(): Promise<void>
}

/** Creates the gauges that are read from the database and the process at each scrape. */
export function createGauges(registry: Registry, { database, clock, countWaits }: GaugeSources): Gauges {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `clipia_${name}`, help, labelNames, registers: [registry] })
  const up = gauge('database_up', 'Whether the database answers this node.', [])
  const latency = gauge('database_read_seconds', 'How long it took to read the gauges.', [])
  const skew = gauge('clock_skew_seconds', "This node's clock against the database's.", [])
  const waits = gauge('waits_open', 'Held answers and open streams of this node.', [])
  const models = gauge('queue_generations', 'Generations that are not over, on all nodes.', ['model', 'stage'])
  const oldest = gauge('queue_oldest_waiting_seconds', 'Age of the oldest generation that waits.', ['model'])
  const pools = gauge('pool_generations', 'Generations ready for an engine, and running there, on all nodes.', [
    'pool',
    'stage',
  ])
  const parked = gauge('queue_parked', 'Generations whose key has all it may have under way, on all nodes.', [])
  const overdueSteps = gauge('steps_overdue_seconds', 'For how long the step due longest has been due.', [])
  const pending = gauge('webhooks_pending', 'Webhooks not delivered yet, on all nodes.', [])
  const overdueHooks = gauge('webhooks_overdue_seconds', 'For how long the webhook due longest has been due.', [])
  const byLabel = [models, oldest, pools]
  const totals = [parked, overdueSteps, pending, overdueHooks]
  let current: Promise<void> | null = null

  function show(backlog: Backlog): void {
    for (const { model, waiting, running, oldestWaitingMs } of backlog.models) {
      models.set({ model, stage: 'waiting' }, waiting)
      models.set({ model, stage: 'running' }, running)
      oldest.set({ model }, (oldestWaitingMs ?? 0) / 1000)
    }
    for (const { pool, stage, count } of backlog.pools) pools.set({ pool, stage }, count)
    parked.set(backlog.parked)
    overdueSteps.set(backlog.stepsOverdueMs / 1000)
    pending.set(backlog.webhooksPending)
    overdueHooks.set(backlog.webhooksOverdueMs / 1000)
  }

  async function refresh(): Promise<void> {
    waits.set(countWaits())
    skew.set(clock.skewMs() / 1000)
    const startedAt = performance.now()
    const backlog = await inTime(readBacklog(database, clock.now())).catch(() => null)
    latency.set((performance.now() - startedAt) / 1000)
    up.set(backlog === null ? 0 : 1)
    // No figure is better than one that was true before.
    for (const each of byLabel) each.reset()
    for (const each of totals) each.remove()
    if (backlog !== null) show(backlog)
  }

  return {
    refresh() {
      current ??= refresh().finally(() => {
        current = null
      })
      return current
    },
  }
}

/** The value, or an error when it does not come in time. */
async function inTime<T>(value: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), MOST_READ_MS)
  })
  return Promise.race([value, late]).finally(() => clearTimeout(timer))
}

import type { Logger } from 'pino'
import type { Observer } from '../../metrics/observer.ts'
import type { Running } from '../step-loop.ts'

/** A background duty: done every so often on every node, so each run must be safe beside others. */
export interface Duty {
  name: string
  everyMs: number
  run(): Promise<void>
}

/** Starts duties. A run that fails is logged and made again in its turn; runs of one duty never overlap. */
export function startDuties(duties: readonly Duty[], log: Logger, observer: Observer): Running {
  const stops = duties.map((duty) => {
    let current: Promise<void> | null = null
    const timer = setInterval(() => {
      current ??= runDuty(duty, log, observer).finally(() => {
        current = null
      })
    }, duty.everyMs)
    return async () => {
      clearInterval(timer)
      await current
    }
  })
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

async function runDuty(duty: Duty, log: Logger, observer: Observer): Promise<void> {
  const startedAt = performance.now()
  let hasFailed = false
  try {
    await duty.run()
  } catch (error) {
    hasFailed = true
    log.error({ duty: duty.name, err: error }, 'a duty failed')
  }
  observer.dutyDone({ name: duty.name, latencyMs: performance.now() - startedAt, hasFailed })
}

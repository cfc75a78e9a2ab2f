import type { Logger } from 'pino'
import type { Running } from '../step-loop.ts'

/** A background duty: done every so often on every node, so each run must be safe beside others. */
export interface Duty {
  name: string
  everyMs: number
  run(): Promise<void>
}

/** Starts duties. A run that fails is logged and made again in its turn; runs of one duty never overlap. */
export function startDuties(duties: readonly Duty[], log: Logger): Running {
  const stops = duties.map((duty) => {
    let current: Promise<void> | null = null
    const timer = setInterval(() => {
      current ??= duty
        .run()
        .catch((error: unknown) => log.error({ duty: duty.name, err: error }, 'a duty failed'))
        .finally(() => {
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

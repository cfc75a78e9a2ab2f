import type { Logger } from 'pino'
import type { Worker } from './worker.ts'

/** A part of the process that runs until it is stopped. */
export interface Running {
  /** Stops it and resolves when nothing of it is under way. */
  stop(): Promise<void>
}

/** The loop that keeps a worker claiming. */
export interface StepLoop extends Running {
  /** There may be something to claim now. */
  wake(): void
}

/** Without a wake-up the queue is looked at this often: it covers lost signals and steps that became due. */
const POLL_MS = 250
const DATABASE_AWAY_MS = 1_000

/** Starts the loop: it claims whenever it is woken, and every {@link POLL_MS} anyway. */
export function startStepLoop(worker: Worker, log: Logger): StepLoop {
  let isStopped = false
  let isWoken = true
  let endWait: (() => void) | null = null

  const wake = () => {
    isWoken = true
    endWait?.()
  }
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function loop(): Promise<void> {
    while (!isStopped) {
      isWoken = false
      try {
        const claimed = await worker.claim()
        if (claimed === 0 && !isWoken && !isStopped) await wait(POLL_MS)
      } catch (error) {
        log.error({ err: error }, 'claiming failed')
        if (!isStopped) await wait(DATABASE_AWAY_MS)
      }
    }
  }

  const ended = loop()
  return {
    wake,
    async stop() {
      isStopped = true
      wake()
      await ended
      await worker.idle()
    },
  }
}

import type { Logger } from 'pino'

/** A part of the process that runs until it is stopped. */
export interface Running {
  /** Stops it and resolves when nothing of it is under way. */
  stop(): Promise<void>
}

/** The loop that keeps somebody claiming. */
export interface StepLoop extends Running {
  /** There may be something to claim now. */
  wake(): void
}

/** What a loop keeps going: a worker, or the dispatcher of webhooks. */
export interface Claimer {
  /** Claims what can be claimed now and sets it going; answers 0 when there was nothing. */
  claim(): Promise<number>
  /** Resolves when nothing that was claimed is under way. */
  idle(): Promise<void>
}

/** Without a wake-up the queue is looked at this often: it covers lost signals and steps that became due. */
const POLL_MS = 250
const DATABASE_AWAY_MS = 1_000

/** Starts the loop: it claims whenever it is woken, and every {@link POLL_MS} anyway. */
export function startStepLoop(claimer: Claimer, log: Logger): StepLoop {
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
        const claimed = await claimer.claim()
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
      await claimer.idle()
    },
  }
}

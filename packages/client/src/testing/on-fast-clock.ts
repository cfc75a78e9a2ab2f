import type { TestContext } from 'node:test'

/** How work ended, and how long it would have taken. */
export interface Timed<T> {
  value?: T
  error?: unknown
  elapsedMs: number
}

const STEP_MS = 50
const LONGEST_MS = 2 * 60 * 60 * 1_000

/** Does work on a clock of the test's own, which is moved on whenever the work waits. Throws when it takes two hours. */
export async function onFastClock<T>(test: TestContext, work: () => Promise<T>): Promise<Timed<T>> {
  test.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const ended: { value?: T; error?: unknown; isOver?: boolean } = {}
  work().then(
    (value) => Object.assign(ended, { value, isOver: true }),
    (error: unknown) => Object.assign(ended, { error, isOver: true }),
  )
  for (let elapsedMs = 0; elapsedMs <= LONGEST_MS; elapsedMs += STEP_MS) {
    // Real turns of the event loop, so that streams and promises come as far as they can without time.
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    const { isOver, ...how } = ended
    if (isOver) {
      test.mock.timers.reset()
      return { ...how, elapsedMs }
    }
    test.mock.timers.tick(STEP_MS)
  }
  throw new Error('the work did not end within two hours')
}

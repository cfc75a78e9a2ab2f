import type { Engine } from '../../packages/server/src/engines/engine.ts'
import { startWorkingApp } from '../../packages/server/src/testing/working-app.ts'
import { BENCH_MODELS } from '../measuring/clipia-server.ts'
import { CONCURRENCY, type JobListener, type JobQueue } from './job-queue.ts'

const LOOK_EVERY_MS = 2

/** A whole node of ours with an engine that is done at once: charge, ledger, claim, outcome, end and slots are all kept. */
export async function openClipiaQueue(databaseUrl: string | null, listener: JobListener): Promise<JobQueue> {
  const engine: Engine = {
    name: 'http',
    traits: { isStartIdempotent: true, pollMs: 1_000, capacity: null },
    isActive: () => true,
    freeSlots: () => CONCURRENCY,
    async start({ input }) {
      listener.onStart(String(input.prompt).split(' ')[0] ?? '')
      return { state: 'finished', media: [{ kind: 'sample' }] }
    },
    check: async () => ({ state: 'running', percent: null }),
  }
  const app = await startWorkingApp({ databaseUrl, modelsDir: BENCH_MODELS, slug: 'bench-1', engine })
  let seen = 0
  let isStopped = false
  // Ends are numbered in their own transactions, so the number of the last one is how many are durable.
  const look = async () => {
    while (!isStopped) {
      const [row] = await app.database.read<{ last_ending: number }>(
        `SELECT last_ending FROM balances WHERE account_id = $1 AND mode = 'live'`,
        [app.accountId],
      )
      const count = (row?.last_ending ?? 0) - seen
      seen += count
      if (count > 0) listener.onDone(count)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }
  const looking = look()
  return {
    add: (id) => app.submit(`${id} a lighthouse at dusk, in the manner of an old travel poster`),
    async stop() {
      isStopped = true
      await looking
      await app.stop()
    },
  }
}

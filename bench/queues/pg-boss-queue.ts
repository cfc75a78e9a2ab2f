import { importPeer } from '../peers/peers.ts'
import { CONCURRENCY, type JobListener, type JobQueue, PAYLOAD } from './job-queue.ts'

/** What is used of pg-boss. */
interface Boss {
  on(event: 'error', listener: (error: unknown) => void): void
  start(): Promise<unknown>
  createQueue(name: string): Promise<unknown>
  work(name: string, options: object, handler: (jobs: { data: { id: string } }[]) => Promise<void>): Promise<string>
  send(name: string, data: object): Promise<unknown>
  notifyWorker(workerId: string): void
  stop(options: object): Promise<void>
}

/** pg-boss, whose worker is told of every job that this process adds; by itself it looks twice a second. */
export async function openPgBossQueue(connectionString: string, listener: JobListener): Promise<JobQueue> {
  const { PgBoss } = await importPeer<{ PgBoss: new (options: object) => Boss }>('pg-boss')
  const boss = new PgBoss({ connectionString, max: 10 })
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${String(error)}\n`))
  await boss.start()
  await boss.createQueue('empty')
  const options = { batchSize: CONCURRENCY, pollingIntervalSeconds: 0.5 }
  const worker = await boss.work('empty', options, async (jobs) => {
    for (const { data } of jobs) listener.onStart(data.id)
    // A batch is marked as done right after its handler: counted a moment too early, in its favour.
    listener.onDone(jobs.length)
  })
  return {
    async add(id) {
      await boss.send('empty', { id, ...PAYLOAD })
      boss.notifyWorker(worker)
    },
    stop: () => boss.stop({ graceful: false }),
  }
}

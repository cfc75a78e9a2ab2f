import { EventEmitter } from 'node:events'
import { importPeer } from '../peers/peers.ts'
import { CONCURRENCY, type JobListener, type JobQueue, PAYLOAD } from './job-queue.ts'

/** What is used of graphile-worker. */
interface GraphileWorker {
  run(options: object): Promise<{ addJob(task: string, payload: object): Promise<unknown>; stop(): Promise<void> }>
  Logger: new (factory: () => () => void) => object
}

/** graphile-worker as its documentation sets it up, with as many jobs at once as we have; it hears of new jobs by LISTEN. */
export async function openGraphileWorkerQueue(connectionString: string, listener: JobListener): Promise<JobQueue> {
  const { run, Logger } = await importPeer<GraphileWorker>('graphile-worker')
  const events = new EventEmitter()
  events.on('job:complete', () => listener.onDone(1))
  const runner = await run({
    connectionString,
    concurrency: CONCURRENCY,
    maxPoolSize: 10,
    noHandleSignals: true,
    events,
    logger: new Logger(() => () => {}),
    taskList: { empty: async (payload: { id: string }) => listener.onStart(payload.id) },
  })
  return { add: async (id) => void (await runner.addJob('empty', { id, ...PAYLOAD })), stop: () => runner.stop() }
}

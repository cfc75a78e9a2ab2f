/** One queue in a process of its own: measures what it is told to, and reports. */
import { openBullMqQueue } from './bullmq-queue.ts'
import { openClipiaQueue } from './clipia-queue.ts'
import { openGraphileWorkerQueue } from './graphile-worker-queue.ts'
import type { JobListener, JobQueue } from './job-queue.ts'
import { openPgBossQueue } from './pg-boss-queue.ts'
import type { QueueOrder } from './queues.ts'

const OPENERS: Readonly<Record<string, (location: string, listener: JobListener) => Promise<JobQueue>>> = {
  'clipia on SQLite': (_location, listener) => openClipiaQueue(null, listener),
  'clipia on PostgreSQL': openClipiaQueue,
  'graphile-worker': openGraphileWorkerQueue,
  'pg-boss': openPgBossQueue,
  BullMQ: openBullMqQueue,
}
const CALLERS = 64
const PAUSE_MS = 20

const [name = '', location = ''] = process.argv.slice(2)
const started = new Map<string, () => void>()
let done = 0
let onDone = () => {}
const open = OPENERS[name]
if (open === undefined) throw new Error(`no queue is called ${name}`)
const queue = await open(location, {
  onStart: (id) => started.get(id)?.(),
  onDone(count) {
    done += count
    onDone()
  },
})
let next = 0

/** One job at a time, with nothing else to do: from the call that adds it to its start, in milliseconds each. */
async function measureStarts(count: number): Promise<number[]> {
  const latencies: number[] = []
  for (let index = 0; index < count; index += 1) {
    const id = `job-${next++}`
    const hasStarted = new Promise<void>((resolve) => started.set(id, resolve))
    const addedAt = performance.now()
    const adding = queue.add(id)
    await hasStarted
    latencies.push(performance.now() - addedAt)
    await adding
    started.delete(id)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return latencies
}

/** Jobs a second from the first add to the last end, added one by one by 64 callers while they are worked on. */
async function measureCycles(count: number): Promise<number[]> {
  const goal = done + count
  let added = 0
  const over = new Promise<void>((resolve) => {
    onDone = () => {
      if (done >= goal) resolve()
    }
  })
  const beganAt = performance.now()
  const call = async () => {
    while (added < count) {
      added += 1
      await queue.add(`job-${next++}`)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, call))
  await over
  onDone = () => {}
  return [count / ((performance.now() - beganAt) / 1_000)]
}

process.on('message', (order: QueueOrder) => {
  const measure = order.kind === 'starts' ? measureStarts : measureCycles
  measure(order.count).then(
    (values) => process.send?.(values),
    (error: unknown) => {
      process.stderr.write(`${name}: ${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => void queue.stop().finally(() => process.exit(0)))
process.send?.('ready')

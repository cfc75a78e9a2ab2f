import { DATABASES, type TestDatabase } from '../../packages/server/src/testing/databases.ts'
import { nextMessage, startPinned } from '../measuring/pinned-process.ts'
import { print } from '../measuring/report.ts'
import { installPeers } from '../peers/peers.ts'
import { findRedis } from './bullmq-queue.ts'

/** What a queue is to measure: the starts of single jobs, or whole cycles of many. */
export interface QueueOrder {
  kind: 'starts' | 'cycles'
  count: number
}

/** A queue in a process of its own. */
export interface QueueUnderTest {
  name: string
  /** Whether it is ours. */
  isOurs: boolean
  measure(order: QueueOrder): Promise<number[]>
  stop(): Promise<void>
}

const PROGRAM = new URL('./queue-process.ts', import.meta.url).pathname

/** Starts ours on both databases and all peers that can run here, each with a database of its own on the same server. */
export async function startQueues(): Promise<QueueUnderTest[]> {
  installPeers()
  const queues = [await startQueue('clipia on SQLite', '', null)]
  for (const name of ['clipia on PostgreSQL', 'graphile-worker', 'pg-boss']) {
    const database = await createPostgresDatabase(name.startsWith('clipia'))
    queues.push(await startQueue(name, database.location, database))
  }
  const redis = findRedis()
  if (redis === null) print('BullMQ is left out: there is no redis-server on the path, and BENCH_REDIS names none.')
  else queues.push(await startQueue('BullMQ', redis, null))
  return queues
}

async function createPostgresDatabase(isMigrated: boolean): Promise<TestDatabase> {
  const kind = DATABASES.find(({ name }) => name === 'PostgreSQL')
  if (kind === undefined) throw new Error('no PostgreSQL')
  return kind.create({ isMigrated })
}

async function startQueue(name: string, location: string, database: TestDatabase | null): Promise<QueueUnderTest> {
  const child = startPinned('load', [PROGRAM, name, location])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await nextMessage(child)
  return {
    name,
    isOurs: name.startsWith('clipia'),
    async measure(order) {
      const answer = nextMessage<number[]>(child)
      child.send(order)
      return answer
    },
    async stop() {
      child.disconnect()
      await ended
      await database?.remove()
    },
  }
}

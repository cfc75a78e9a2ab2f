import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../scripts/free-port.ts'
import { importPeer } from '../peers/peers.ts'
import { CONCURRENCY, type JobListener, type JobQueue, PAYLOAD } from './job-queue.ts'

/** What is used of BullMQ. */
interface BullMq {
  Queue: new (
    name: string,
    options: object,
  ) => { add(name: string, data: object): Promise<unknown>; close(): Promise<void> }
  Worker: new (
    name: string,
    handler: (job: { data: { id: string } }) => Promise<void>,
    options: object,
  ) => {
    on(event: 'completed' | 'error', listener: () => void): void
    waitUntilReady(): Promise<unknown>
    close(force: boolean): Promise<void>
  }
}

/** The Redis server to measure BullMQ on: `BENCH_REDIS`, or the one on the path; null where there is none. */
export function findRedis(): string | null {
  // biome-ignore lint/style/noProcessEnv: a setting of the benchmarks
  const program = process.env.BENCH_REDIS ?? 'redis-server'
  return spawnSync(program, ['--version']).status === 0 ? program : null
}

/** BullMQ on a Redis of its own that syncs every write to disk before it answers, as the others do. */
export async function openBullMqQueue(program: string, listener: JobListener): Promise<JobQueue> {
  const { Queue, Worker } = await importPeer<BullMq>('bullmq')
  const folder = mkdtempSync(join(tmpdir(), 'clipia-redis-'))
  const port = await freePort()
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const redis = spawn(program, [...flags, '--appendonly', 'yes', '--appendfsync', 'always'], { stdio: 'ignore' })
  process.once('exit', () => redis.kill('SIGKILL'))
  await waitForPort(port)
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null }
  const queue = new Queue('empty', { connection })
  const worker = new Worker('empty', async ({ data }) => listener.onStart(data.id), {
    connection,
    concurrency: CONCURRENCY,
  })
  worker.on('completed', () => listener.onDone(1))
  worker.on('error', () => {})
  await worker.waitUntilReady()
  return {
    add: async (id) => void (await queue.add('empty', { id, ...PAYLOAD })),
    async stop() {
      await worker.close(true)
      await queue.close()
      redis.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.end())
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Redis did not start')
}

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import { promisify } from 'node:util'
import type { SampleTask } from './sample-tasks.ts'
import { TaskFailedError, TaskPoolClosedError, TaskProcessError, TaskTimeoutError } from './task-errors.ts'
import { createTaskPool, type RunOptions, type TaskPool } from './task-pool.ts'

interface Told {
  pid: number
  environment: string[]
}

const module = new URL('sample-tasks.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'task-pool-'))
const pools: TaskPool[] = []

after(() => rmSync(folder, { recursive: true }))
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))

function makePool(concurrency: number, idleMs?: number) {
  const pool = createTaskPool({ module, concurrency, ...(idleMs !== undefined && { idleMs }) })
  pools.push(pool)
  return {
    ...pool,
    run: <Result>(task: SampleTask, options: Partial<RunOptions> = {}) =>
      pool.run<SampleTask, Result>(task, { timeoutMs: 30_000, ...options }),
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a task is answered, and the next one reuses the same process with a bare environment', async () => {
  const pool = makePool(2)
  assert.equal(await pool.run({ do: 'add', a: 2, b: 3 }), 5)
  const first = await pool.run<Told>({ do: 'tell-process' })
  const second = await pool.run<Told>({ do: 'tell-process' })
  assert.equal(first.pid, second.pid)
  const allowed = ['DISABLE_SYSTEM_FONTS_LOAD', 'HOME', 'PATH', 'TMPDIR', 'TZ', 'NODE_CHANNEL_SERIALIZATION_MODE']
  assert.deepEqual(
    first.environment.filter((name) => !allowed.includes(name)),
    [],
  )
})

test('progress arrives as whole percents that only grow, whatever the task reports', async () => {
  const seen: number[] = []
  const onProgress = (percent: number) => void seen.push(percent)
  await makePool(1).run({ do: 'report', percents: [0, 10.9, 10.2, 5, 55, Number.NaN, 200, 100] }, { onProgress })
  assert.deepEqual(seen, [0, 10, 55, 100])
})

test('as many tasks run at once as the pool allows, and no more', async () => {
  const pool = makePool(2)
  const [a, b] = [join(folder, 'a'), join(folder, 'b')]
  const meetings = [
    pool.run({ do: 'meet', mine: a, others: [b] }),
    pool.run({ do: 'meet', mine: b, others: [a] }),
    pool.run({ do: 'add', a: 1, b: 1 }),
  ]
  assert.equal(pool.busy(), 2)
  await Promise.all(meetings)
  assert.equal(pool.busy(), 0)
})

test('with one place the waiting tasks run strictly first come, first served', async () => {
  const pool = makePool(1)
  const order: number[] = []
  const numbers = [1, 2, 3, 4, 5]
  await Promise.all(numbers.map((n) => pool.run({ do: 'add', a: n, b: 0 }).then(() => order.push(n))))
  assert.deepEqual(order, numbers)
})

test('an abort kills the process of a running task, even in an endless loop, and frees its place', async () => {
  const pool = makePool(1)
  const { pid } = await pool.run<Told>({ do: 'tell-process' })
  const stop = new AbortController()
  const options = { signal: stop.signal, onProgress: () => stop.abort(new Error('not wanted any more')) }
  await assert.rejects(pool.run({ do: 'spin' }, options), { message: 'not wanted any more' })
  assert.equal(isRunning(pid), false)
  assert.equal(await pool.run({ do: 'add', a: 1, b: 1 }), 2)
})

test('an abort takes a waiting task out of the queue without touching the one that runs', async () => {
  const pool = makePool(1)
  const stop = new AbortController()
  const started = Promise.withResolvers<number>()
  const runs = new AbortController()
  const running = pool.run({ do: 'hang' }, { signal: runs.signal, onProgress: started.resolve })
  const waits = pool.run({ do: 'add', a: 1, b: 1 }, { signal: stop.signal })
  const last = pool.run({ do: 'add', a: 2, b: 2 })
  await started.promise
  stop.abort()
  await assert.rejects(waits, { name: 'AbortError' })
  assert.equal(pool.busy(), 1)
  runs.abort()
  await assert.rejects(running, { name: 'AbortError' })
  assert.equal(await last, 4)
  await assert.rejects(pool.run({ do: 'hang' }, { signal: AbortSignal.abort() }), { name: 'AbortError' })
})

test('a task that runs too long is killed and rejects with its time limit', async () => {
  const pool = makePool(1)
  await assert.rejects(
    pool.run({ do: 'spin' }, { timeoutMs: 300 }),
    (error) => error instanceof TaskTimeoutError && error.timeoutMs === 300,
  )
  assert.equal(await pool.run({ do: 'add', a: 1, b: 1 }), 2)
})

test('a process that dies rejects its task with the exit code, and the pool goes on', async () => {
  const pool = makePool(1)
  await assert.rejects(
    pool.run({ do: 'exit', code: 7 }),
    (error) => error instanceof TaskProcessError && error.exitCode === 7,
  )
  assert.equal(await pool.run({ do: 'add', a: 1, b: 1 }), 2)
})

test('a module that does not exist rejects instead of hanging', async () => {
  const pool = createTaskPool({ module: new URL('no-such-module.ts', import.meta.url), concurrency: 1 })
  await assert.rejects(pool.run({}, { timeoutMs: 30_000 }), TaskProcessError)
  await pool.close()
})

test('an error thrown by a task comes back with name, message and code, and its process lives on', async () => {
  const pool = makePool(1)
  const { pid } = await pool.run<Told>({ do: 'tell-process' })
  await assert.rejects(pool.run({ do: 'throw', message: 'cannot read', code: 'INPUT_UNREACHABLE' }), (error) => {
    assert.ok(error instanceof TaskFailedError)
    assert.deepEqual(error.failure, { name: 'RangeError', message: 'cannot read', code: 'INPUT_UNREACHABLE' })
    assert.equal(error.stack?.includes('sample-tasks'), false)
    return true
  })
  assert.equal((await pool.run<Told>({ do: 'tell-process' })).pid, pid)
})

test('closing ends running, waiting and idle processes and refuses new tasks', async () => {
  const pool = makePool(2)
  const { pid } = await pool.run<Told>({ do: 'tell-process' })
  const started = Promise.withResolvers<number>()
  const running = [pool.run({ do: 'spin' }, { onProgress: started.resolve }), pool.run({ do: 'hang' })]
  const waiting = pool.run({ do: 'add', a: 1, b: 1 })
  await started.promise
  const outcomes = Promise.allSettled([...running, waiting])
  await pool.close()
  for (const outcome of await outcomes) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof TaskPoolClosedError)
  }
  assert.equal(isRunning(pid), false)
  await assert.rejects(pool.run({ do: 'add', a: 1, b: 1 }), TaskPoolClosedError)
})

test('a process that idles longer than its time ends, and a later task gets a new one', async () => {
  const pool = makePool(1, 20)
  const { pid } = await pool.run<Told>({ do: 'tell-process' })
  await until(() => !isRunning(pid))
  assert.notEqual((await pool.run<Told>({ do: 'tell-process' })).pid, pid)
})

test('an idle pool does not keep its parent alive, and its processes end with the parent', async () => {
  const path = join(folder, 'ended')
  const script = `
    import { createTaskPool } from ${JSON.stringify(new URL('task-pool.ts', import.meta.url).href)}
    const pool = createTaskPool({ module: new URL(${JSON.stringify(module.href)}), concurrency: 1, idleMs: 600_000 })
    await pool.run({ do: 'mark-end', path: ${JSON.stringify(path)} }, { timeoutMs: 30_000 })`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  await until(() => existsSync(path))
})

test('closing waits for the end of its processes even when nothing else keeps the parent alive', async () => {
  const script = `
    import { createTaskPool } from ${JSON.stringify(new URL('task-pool.ts', import.meta.url).href)}
    const pool = createTaskPool({ module: new URL(${JSON.stringify(module.href)}), concurrency: 1 })
    await pool.run({ do: 'add', a: 1, b: 1 }, { timeoutMs: 30_000 })
    await pool.close()
    process.stdout.write('closed')`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  assert.equal(stdout, 'closed')
})

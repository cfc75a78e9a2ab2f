import { TaskPoolClosedError, TaskTimeoutError } from './task-errors.ts'
import { startTaskProcess, type TaskProcess } from './task-process.ts'

/** What a pool runs and how much of it. */
export interface TaskPoolOptions {
  /** The module of the child process; it must call `serveTasks` when loaded. */
  module: URL
  /** How many tasks, and so how many processes, run at once; further tasks wait in the order they came. */
  concurrency: number
  /** How long a process may idle before it ends; 10,000 when absent. */
  idleMs?: number
  /** Bound of the JavaScript heap of a process in megabytes; native memory (pictures, video) comes on top. */
  maxOldSpaceMb?: number
}

/** How one task is run. */
export interface RunOptions {
  /** Aborting kills the process of the task, or takes it out of the queue, and rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called with whole percents that only grow. */
  onProgress?: (percent: number) => void
  /** Counted from the moment the task starts, not while it waits for a free process. */
  timeoutMs: number
}

/** A bounded set of child processes. */
export interface TaskPool {
  /** Rejects with `TaskFailedError`, `TaskTimeoutError`, `TaskProcessError`, `TaskPoolClosedError` or the abort reason. */
  run<Task, Result>(task: Task, options: RunOptions): Promise<Result>
  /** How many tasks are running now, those that wait not counted. */
  busy(): number
  /** Kills what runs, rejects what waits, and resolves when every process is gone. */
  close(): Promise<void>
}

/** Makes a pool that starts processes only when tasks come and keeps none alive without work. */
export function createTaskPool({ module, concurrency, idleMs = 10_000, maxOldSpaceMb }: TaskPoolOptions): TaskPool {
  const waiting: (() => void)[] = []
  const idle: { process: TaskProcess; timer: NodeJS.Timeout }[] = []
  const alive = new Set<TaskProcess>()
  const closing = new AbortController()
  let busy = 0

  function acquire(): TaskProcess {
    // The process that idled least: the others get a chance to reach their idle time and end.
    const rested = idle.pop()
    if (rested) {
      clearTimeout(rested.timer)
      return rested.process
    }
    const process = startTaskProcess(module, maxOldSpaceMb)
    alive.add(process)
    void process.ended.then(() => {
      alive.delete(process)
      forget(process)
    })
    return process
  }

  function forget(process: TaskProcess): void {
    const index = idle.findIndex((entry) => entry.process === process)
    if (index >= 0) clearTimeout(idle.splice(index, 1)[0]?.timer)
  }

  function rest(process: TaskProcess): void {
    if (!alive.has(process)) return
    const timer = setTimeout(() => {
      forget(process)
      process.release()
    }, idleMs)
    idle.push({ process, timer: timer.unref() })
  }

  async function waitForTurn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (busy < concurrency) {
      busy += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const turn = (): void => {
      signal.removeEventListener('abort', refuse)
      resolve()
    }
    const refuse = (): void => {
      waiting.splice(waiting.indexOf(turn), 1)
      reject(signal.reason)
    }
    signal.addEventListener('abort', refuse, { once: true })
    waiting.push(turn)
    await promise
  }

  /** The place of a finished task goes straight to the next in line, so nobody can slip in between. */
  function passTurn(): void {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }

  async function runOn(
    process: TaskProcess,
    task: unknown,
    options: RunOptions,
    signal: AbortSignal,
  ): Promise<unknown> {
    const stop = Promise.withResolvers<never>()
    const abort = (): void => stop.reject(signal.reason)
    const timer = setTimeout(() => stop.reject(new TaskTimeoutError(options.timeoutMs)), options.timeoutMs)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    let isAnswered = false
    try {
      const answer = process.run(task, options.onProgress).finally(() => {
        isAnswered = true
      })
      return await Promise.race([answer, stop.promise])
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (isAnswered) rest(process)
      else {
        process.kill()
        await process.ended
      }
    }
  }

  return {
    async run<Task, Result>(task: Task, options: RunOptions): Promise<Result> {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal
      await waitForTurn(signal)
      try {
        signal.throwIfAborted()
        return (await runOn(acquire(), task, options, signal)) as Result
      } finally {
        passTurn()
      }
    },
    busy: () => busy,
    async close() {
      closing.abort(new TaskPoolClosedError())
      for (const process of alive) process.kill()
      await Promise.all([...alive].map((process) => process.ended))
    },
  }
}

import type { TaskFailure } from './task-messages.ts'

/** The task itself threw; its process is well and takes the next task. */
export class TaskFailedError extends Error {
  readonly failure: TaskFailure

  constructor(failure: TaskFailure) {
    super(failure.message, { cause: failure })
    this.name = 'TaskFailedError'
    this.failure = failure
  }

  /** The stable code the thrower gave, such as `INPUT_UNREACHABLE`. */
  get code(): string | undefined {
    return this.failure.code
  }
}

/** The process of the task died before it answered, for instance by running out of memory. */
export class TaskProcessError extends Error {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null

  constructor(exitCode: number | null, signal: NodeJS.Signals | null, cause?: unknown) {
    const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signal}`
    super(`The task process ended with ${how} before it answered`, { cause: cause ?? { exitCode, signal } })
    this.name = 'TaskProcessError'
    this.exitCode = exitCode
    this.signal = signal
  }
}

/** The task ran longer than it may; its process was killed. */
export class TaskTimeoutError extends Error {
  readonly timeoutMs: number

  constructor(timeoutMs: number) {
    super(`The task did not finish within ${timeoutMs} ms`)
    this.name = 'TaskTimeoutError'
    this.timeoutMs = timeoutMs
  }
}

/** The pool was closed before the task finished, or before it was given. */
export class TaskPoolClosedError extends Error {
  constructor() {
    super('The task pool is closed')
    this.name = 'TaskPoolClosedError'
  }
}

import { fork } from 'node:child_process'
import { childEnvironment } from './child-environment.ts'
import { TaskFailedError, TaskProcessError } from './task-errors.ts'
import { isTaskMessage } from './task-messages.ts'

interface Running {
  resolve(result: unknown): void
  reject(error: Error): void
  onProgress: ((percent: number) => void) | undefined
}

/** One child process that runs one task at a time. */
export interface TaskProcess {
  /** Rejects when the task throws or the process dies; the parent's event loop stays alive until it settles. */
  run(task: unknown, onProgress: ((percent: number) => void) | undefined): Promise<unknown>
  /** Lets go of an idle process: it ends by itself when its channel closes. */
  release(): void
  /** Ends the process at once, whatever it is doing. */
  kill(): void
  /** Settles, never rejects, when the process is gone. */
  readonly ended: Promise<void>
}

/** Starts a child process that does not keep the parent alive while it is idle. */
export function startTaskProcess(module: URL, maxOldSpaceMb: number | undefined): TaskProcess {
  const child = fork(module, [], {
    // biome-ignore lint/style/noProcessEnv: not a setting of ours; a child needs the PATH and time zone of its parent
    env: childEnvironment(process.env),
    execArgv: maxOldSpaceMb === undefined ? [] : [`--max-old-space-size=${maxOldSpaceMb}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = Promise.withResolvers<void>()
  let running: Running | undefined
  let isKilled = false

  /** Whether the parent must stay alive for this child: while it runs a task, and while its death is awaited. */
  function setAwake(awake: boolean): void {
    const change = awake || isKilled ? 'ref' : 'unref'
    child[change]()
    child.channel?.[change]()
  }

  function settle(deliver: (task: Running) => void): void {
    const task = running
    running = undefined
    setAwake(false)
    if (task) deliver(task)
  }

  function end(error: TaskProcessError): void {
    settle((task) => task.reject(error))
    ended.resolve()
  }

  function kill(): void {
    isKilled = true
    setAwake(true)
    child.kill('SIGKILL')
  }

  child.once('exit', (exitCode, signal) => end(new TaskProcessError(exitCode, signal)))
  // Without a process id nothing was started, so no 'exit' will follow; other errors leave the process running.
  child.on('error', (cause) => {
    if (child.pid === undefined) end(new TaskProcessError(null, null, cause))
    else kill()
  })
  child.on('message', (message: unknown) => {
    if (!isTaskMessage(message)) return kill()
    if (message.kind === 'progress') running?.onProgress?.(message.percent)
    else if (message.kind === 'done') settle((task) => task.resolve(message.result))
    else settle((task) => task.reject(new TaskFailedError(message.failure)))
  })
  setAwake(false)

  return {
    run(task, onProgress) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      running = { resolve, reject, onProgress }
      setAwake(true)
      // A failed send is followed by 'exit' or 'error', which reject; the callback keeps Node from throwing it here.
      child.send({ task }, () => {})
      return promise
    },
    release: () => {
      if (child.connected) child.disconnect()
    },
    kill,
    ended: ended.promise,
  }
}

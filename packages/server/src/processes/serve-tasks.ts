import { constants, getPriority, setPriority } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TaskFailure, TaskMessage } from './task-messages.ts'

/** What a task may use while it runs. */
export interface TaskTools {
  /** Tells the parent how far the task is; fractions are cut, and only growth between 0 and 100 is passed on. */
  progress(percent: number): void
}

/**
 * Makes this process a task process: it answers each task with what the handler returns or throws, gives way to
 * other processes of the machine, and ends when its parent is gone. Call it once, when the module loads.
 */
export function serveTasks<Task, Result>(handler: (task: Task, tools: TaskTools) => Promise<Result>): void {
  // Only ever downwards: an operator who runs the server at a low priority may not be allowed to raise ours.
  const modest = constants.priority.PRIORITY_BELOW_NORMAL
  if (getPriority() < modest) setPriority(modest)
  process.on('disconnect', () => process.exit(0))
  process.on('message', (message: { task: Task }) => {
    void answer(handler, message.task)
  })
}

async function answer<Task, Result>(
  handler: (task: Task, tools: TaskTools) => Promise<Result>,
  task: Task,
): Promise<void> {
  let reported = -1
  const progress = (percent: number): void => {
    const whole = Math.min(100, Math.floor(percent))
    if (whole <= reported || whole < 0) return
    reported = whole
    send({ kind: 'progress', percent: whole })
  }
  try {
    const result = await handler(task, { progress })
    // One turn of the loop, so that a callback that still throws belongs to this task and not to the next one.
    await nextTurn()
    send({ kind: 'done', result })
  } catch (error) {
    send({ kind: 'failed', failure: describeFailure(error) })
  }
}

function describeFailure(error: unknown): TaskFailure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, message: error.message, ...(code !== undefined && { code }) }
}

/** A message to a parent that is gone is lost on purpose: 'disconnect' ends this process right after. */
function send(message: TaskMessage): void {
  process.send?.(message, undefined, undefined, () => {})
}

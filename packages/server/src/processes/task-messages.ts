/** What is left of an error that was thrown in a task process: no stack, no object of the other side. */
export interface TaskFailure {
  name: string
  message: string
  /** A stable code when the thrower gave one, such as `INPUT_UNREACHABLE` or `ENOENT`. */
  code?: string
}

/** What a task process says to its parent about the one task it is running. */
export type TaskMessage =
  | { kind: 'progress'; percent: number }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; failure: TaskFailure }

/** Whether a message has the agreed shape; a task process that decodes strangers' files is not trusted to be sane. */
export function isTaskMessage(value: unknown): value is TaskMessage {
  if (!isRecord(value)) return false
  if (value.kind === 'progress') return typeof value.percent === 'number'
  if (value.kind === 'done') return true
  return value.kind === 'failed' && isTaskFailure(value.failure)
}

function isTaskFailure(value: unknown): value is TaskFailure {
  if (!isRecord(value)) return false
  const { name, message, code } = value
  return typeof name === 'string' && typeof message === 'string' && (code === undefined || typeof code === 'string')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

import type { ResultResponse, SubmitResponse } from '@clipia/client'
import { createProgressLine, type ProgressLine } from '../terminal/progress-line.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { ClientContext } from './context.ts'
import { DetachedError, detachOnInterrupt, INTERRUPTED } from './detach.ts'

/** Longer than a generation may wait and run: people say themselves when they have waited enough. */
const TIMEOUT_MS = 48 * 60 * 60 * 1_000

/**
 * Submits and waits for the result. Ctrl-C detaches: the generation goes on, how to resume is said, and the answer is null
 * with exit code 130. One that comes before the submit is answered waits for that answer, so that no paid request is lost.
 */
export async function submitAndFollow(
  context: ClientContext,
  submit: () => Promise<SubmitResponse>,
  out?: string,
): Promise<ResultResponse | null> {
  const { terminal } = context
  const interrupt = detachOnInterrupt()
  const reporter = createReporter(terminal)
  try {
    const submitted = await submit()
    const { request_id, status, queue_position } = submitted
    if (terminal.isForPeople) reporter.update({ request_id, status, queue_position, progress: 0, logs: [] })
    else terminal.note(`status: ${status}`)
    return await waitUnlessDetached(context, request_id, out, reporter, interrupt.signal)
  } finally {
    reporter.clear()
    interrupt.dispose()
  }
}

/** Waits for the result of a request that was submitted before; Ctrl-C detaches. */
export async function follow(context: ClientContext, requestId: string, out?: string): Promise<ResultResponse | null> {
  const interrupt = detachOnInterrupt()
  const reporter = createReporter(context.terminal)
  try {
    return await waitUnlessDetached(context, requestId, out, reporter, interrupt.signal)
  } finally {
    reporter.clear()
    interrupt.dispose()
  }
}

async function waitUnlessDetached(
  { clipia, terminal }: ClientContext,
  requestId: string,
  out: string | undefined,
  reporter: ProgressLine,
  signal: AbortSignal,
): Promise<ResultResponse | null> {
  try {
    const options = { onQueueUpdate: reporter.update, timeoutMs: TIMEOUT_MS, signal }
    return await clipia.queue.wait(requestId, options)
  } catch (error) {
    if (!(error instanceof DetachedError)) throw error
    reporter.clear()
    const folder = out === undefined ? '' : ` --out ${quote(out)}`
    // On a line of its own, to be copied.
    terminal.note(`Detached: request ${requestId} goes on. Resume with:\n  clipia watch ${requestId}${folder}`)
    process.exitCode = INTERRUPTED
    return null
  }
}

/** A progress line for people; for programs a line on stderr for each change. */
function createReporter(terminal: Terminal): ProgressLine {
  if (terminal.isForPeople) return createProgressLine(terminal)
  return { update: ({ status, progress }) => terminal.note(`status: ${status} (${progress}%)`), clear() {} }
}

/** As a shell takes it for one word. */
function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

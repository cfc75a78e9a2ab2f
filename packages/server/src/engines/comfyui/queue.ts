import type { Call } from '../wire/call.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'

type Of = { signal: AbortSignal; nowMs: number }

/** Workflows may be large, and the queue repeats them. */
const MAX_ANSWER_BYTES = 50 * 1024 * 1024
/** Entries of the history that are searched for a job of ours. */
const RECENT = 100

/** A prompt in the queue of ComfyUI, or in its history. */
export interface Prompt {
  id: string
  /** The request it was submitted for, by what we put beside the workflow; null for somebody else's. */
  request: string | null
  isRunning: boolean
}

/** All prompts that wait or run. */
export async function listQueue(call: Call, of: Of): Promise<Prompt[]> {
  const { queue_running: running, queue_pending: pending } = fieldsOf(
    expectOk(await call('GET', '/queue', of, { maxBytes: MAX_ANSWER_BYTES })).body,
  )
  if (!Array.isArray(running) || !Array.isArray(pending))
    throw new Error('ComfyUI answered with something else than a queue')
  return [...running.flatMap((item) => toPrompt(item, true)), ...pending.flatMap((item) => toPrompt(item, false))]
}

/** The entry of a prompt in the history; undefined while it is not there. */
export async function findInHistory(call: Call, id: string, of: Of): Promise<unknown> {
  const answer = await call('GET', `/history/${id}`, of, { maxBytes: MAX_ANSWER_BYTES })
  return fieldsOf(expectOk(answer).body)[id]
}

/** The latest prompts that are over. */
export async function listHistory(call: Call, of: Of): Promise<Prompt[]> {
  const answer = await call('GET', `/history?max_items=${RECENT}`, of, { maxBytes: MAX_ANSWER_BYTES })
  return Object.values(fieldsOf(expectOk(answer).body)).flatMap((entry) => toPrompt(fieldsOf(entry).prompt, false))
}

/** An item is `[number, id, workflow, extra data, outputs]`. */
function toPrompt(item: unknown, isRunning: boolean): Prompt[] {
  const [, id, , extra] = Array.isArray(item) ? (item as unknown[]) : []
  return typeof id === 'string' ? [{ id, request: textOf(fieldsOf(extra).clipia_request), isRunning }] : []
}

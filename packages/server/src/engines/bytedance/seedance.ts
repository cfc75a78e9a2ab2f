import type { JsonValue } from '../../json.ts'
import type { Canceled, Failed, Finished, Job, Outcome, Progress, Started, Ticket, Usage } from '../engine.ts'
import type { OnWarning, ProviderParts } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import type { Answer, Call } from '../wire/call.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, idOf, textOf, wholeOf } from '../wire/json-fields.ts'
import { partMedia } from '../wire/part-media.ts'
import { type ProvidedFile, provideFiles } from '../wire/provide-files.ts'
import { toDataUrl } from '../wire/provide-media.ts'
import { MADE_NOTHING } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readError, readRefusal } from './read-failure.ts'

type Of = { signal: AbortSignal; nowMs: number }

const TASKS = '/contents/generations/tasks'
/** What a picture is for, by the field it stands in. */
const ROLES: Readonly<Record<string, string>> = {
  image_url: 'first_frame',
  end_image_url: 'last_frame',
  last_image_url: 'last_frame',
}

const EXPIRED: Failed = {
  state: 'failed',
  code: 'TIMED_OUT',
  message: 'The provider took longer than its limit.',
  isCharged: false,
  isEngineFault: true,
}

/** Creates the task of a job. */
export async function startTask(call: Call, job: Job, parts: ProviderParts, of: Of): Promise<Started> {
  const { media, rest } = partMedia(job)
  const provided = await provideFiles(job, media, parts, of.signal, toDataUrl)
  if ('failure' in provided) return provided.failure
  const { prompt, ...parameters } = rest
  const text: JsonValue[] = prompt === undefined || prompt === '' ? [] : [{ type: 'text', text: prompt }]
  const body = { model: job.settings.model, content: [...text, ...provided.files.map(toContent)], ...parameters }
  const answer = await sendStart(call('POST', TASKS, of, { body }))
  if (!answer.isOk) return readRefusal(answer)
  const id = idOf(fieldsOf(answer.body).id)
  if (id === null) throw new Error('ByteDance accepted a task without an id for it')
  return { ticket: { task: id } }
}

function toContent({ field, name }: ProvidedFile): JsonValue {
  const kind = /video|audio/.exec(field)?.[0] ?? 'image'
  return { type: `${kind}_url`, [`${kind}_url`]: { url: name }, role: ROLES[field] ?? `reference_${kind}` }
}

/** Asks for a task. ByteDance tells no progress. */
export async function checkTask(call: Call, ticket: Ticket, onWarning: OnWarning, of: Of): Promise<Progress | Outcome> {
  return readTask(expectOk(await call('GET', taskPath(ticket), of)), onWarning)
}

/**
 * Cancels a task that waits: the only one that can be. The very same call deletes the record of a task that is over, and
 * its video with it, so it is asked first how the task stands.
 */
export async function cancelTask(call: Call, ticket: Ticket, of: Of): Promise<Canceled | null> {
  const path = taskPath(ticket)
  if (fieldsOf(expectOk(await call('GET', path, of)).body).status !== 'queued') return null
  const answer = await call('DELETE', path, of)
  // It has begun meanwhile: it cannot be stopped any more.
  if ([400, 403, 404, 409].includes(answer.status)) return null
  expectOk(answer)
  return { state: 'canceled', isCharged: false }
}

function readTask({ body }: Answer, onWarning: OnWarning): Progress | Outcome {
  const { status, error, content, seed, usage } = fieldsOf(body)
  switch (status) {
    case 'queued':
      return { state: 'running', percent: 0, isWaiting: true }
    case 'running':
      return { state: 'running', percent: null }
    case 'succeeded':
      return readFinished(fieldsOf(content).video_url, wholeOf(seed), readUsage(usage), onWarning)
    case 'failed':
      return readError(error)
    case 'cancelled':
      return { state: 'canceled', isCharged: false }
    case 'expired':
      return EXPIRED
    default:
      if (typeof status !== 'string') throw new Error('ByteDance answered without a status')
      onWarning(`ByteDance says "${toPublicText(status, 64)}", which is no status it documents`)
      return { state: 'running', percent: null }
  }
}

function readFinished(
  url: unknown,
  seed: number | undefined,
  usage: { usage?: Usage },
  onWarning: OnWarning,
): Finished | Failed {
  const text = textOf(url)
  if (text !== null && URL.canParse(text) && /^https?:/.test(text)) {
    return { state: 'finished', media: [{ kind: 'url', url: text }], ...(seed !== undefined && { seed }), ...usage }
  }
  onWarning('ByteDance ended a task without a video where it was looked for')
  return { ...MADE_NOTHING, ...usage }
}

function readUsage(usage: unknown): { usage?: Usage } {
  const amount = wholeOf(fieldsOf(usage).completion_tokens)
  return amount === undefined || amount < 0 ? {} : { usage: { unit: 'token', amount } }
}

function taskPath(ticket: Ticket): string {
  const id = idOf(fieldsOf(ticket).task)
  if (id === null) throw new Error('the ticket is not one of a task of ByteDance')
  return `${TASKS}/${id}`
}

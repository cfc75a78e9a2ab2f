import { openAsBlob } from 'node:fs'
import type { InputFile } from '../../media/inputs.ts'
import {
  type Engine,
  type EngineContext,
  type Failed,
  type Job,
  NotAccepted,
  type Started,
  type Ticket,
} from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { downloadFile } from '../wire/download-file.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, idOf, textOf } from '../wire/json-fields.ts'
import { provideMedia } from '../wire/provide-media.ts'
import { refusedInput } from '../wire/rejected.ts'
import { judgeRefusal, sendStart } from '../wire/start-call.ts'
import { createProgressSocket } from './progress-socket.ts'
import { findInHistory, listHistory, listQueue } from './queue.ts'
import { readHistory } from './read-history.ts'
import { fillWorkflow, readWorkflow, type Workflow } from './workflow.ts'

const LOST: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The engine lost the job.',
  isCharged: false,
  isEngineFault: true,
}

/**
 * The engine of a ComfyUI of the operator's own. A job is a workflow with the input in its places; it bears our request
 * id, so that a start that was not answered is found again in the queue or the history. There is no official package.
 */
export function createComfyuiEngine(of: ProviderParts): Engine {
  const headers: Record<string, string> = of.credential === '' ? {} : { authorization: `Bearer ${of.credential}` }
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  const clientId = crypto.randomUUID()
  const socket = createProgressSocket({ baseUrl: of.baseUrl, clientId, headers })

  async function upload({ path, contentType, kind }: InputFile, job: Job, context: EngineContext): Promise<string> {
    const form = new FormData()
    const name = `${job.requestId}-${crypto.randomUUID().slice(0, 8)}.${contentType.split('/')[1]}`
    form.set('image', await openAsBlob(path, { type: contentType }), name)
    form.set('type', 'input')
    form.set('subfolder', 'clipia')
    const answer = await call('POST', '/upload/image', context, { form })
    const { name: stored, subfolder } = fieldsOf(answer.body)
    if (!answer.isOk || textOf(stored) === null)
      throw new NotAccepted(`the engine answered ${answer.status} to a ${kind}`)
    return textOf(subfolder) === null ? `${stored}` : `${subfolder}/${stored}`
  }

  async function start(job: Job, context: EngineContext): Promise<Started> {
    const workflow = workflowOf(job)
    const parts = { ...of, isReachable: () => false }
    const provided = await provideMedia(job, parts, context.signal, (file) => upload(file, job, context))
    if ('failure' in provided) return provided.failure
    socket.listen()
    const answer = await sendStart(
      call('POST', '/prompt', context, {
        body: {
          prompt: fillWorkflow(workflow, provided.input),
          prompt_id: job.requestId,
          client_id: clientId,
          extra_data: { clipia_request: job.requestId },
        },
      }),
    )
    if (!answer.isOk) {
      judgeRefusal(answer)
      const { message } = fieldsOf(fieldsOf(answer.body).error)
      of.onWarning('ComfyUI refused a workflow; its own log says which node')
      return refusedInput(textOf(message))
    }
    // Servers before 2025 give a prompt an id of their own.
    const id = idOf(fieldsOf(answer.body).prompt_id)
    if (id === null) throw new Error('ComfyUI accepted a workflow without an id for it')
    return { ticket: { prompt: id } }
  }

  return {
    name: 'comfyui',
    traits: { isStartIdempotent: false, pollMs: 1_000, longestPollMs: 5_000, capacity: of.capacity },
    isActive: (settings) => settings === undefined || readWorkflow(settings) !== null,
    freeSlots: () => of.capacity,
    start,
    async check(job, ticket, context) {
      const id = promptOf(ticket)
      // A prompt goes from the queue into the history at once: who is in neither is asked for once more.
      for (const isLast of [false, true]) {
        const entry = await findInHistory(call, id, context)
        if (entry !== undefined) {
          const ended = readHistory(entry, job, workflowOf(job))
          if (ended === null) of.onWarning('ComfyUI has a prompt in its history that has not ended')
          return ended ?? { state: 'running', percent: socket.percentOf(id) }
        }
        if (isLast) break
        const queued = (await listQueue(call, context)).find((prompt) => prompt.id === id)
        if (queued !== undefined) socket.listen()
        if (queued?.isRunning === true) return { state: 'running', percent: socket.percentOf(id) }
        if (queued !== undefined) return { state: 'running', percent: 0, isWaiting: true }
      }
      of.onWarning('ComfyUI has lost a prompt it had accepted: was it restarted?')
      return LOST
    },
    async find(job, context) {
      const isOurs = ({ request }: { request: string | null }) => request === job.requestId
      const found =
        (await listQueue(call, context)).find(isOurs) ?? (await listHistory(call, context)).find(isOurs) ?? null
      return found === null ? null : { ticket: { prompt: found.id } }
    },
    async cancel(_job, ticket, context) {
      const id = promptOf(ticket)
      const queued = (await listQueue(call, context)).find((prompt) => prompt.id === id)
      if (queued === undefined) return null
      const [path, body] = queued.isRunning ? ['/interrupt', { prompt_id: id }] : ['/queue', { delete: [id] }]
      expectOk(await call('POST', path as string, context, { body, mayBeEmpty: true }))
      if (queued.isRunning) return null
      // What was taken out of the queue leaves no trace; what began meanwhile is there.
      const isThere = (await listQueue(call, context)).some((prompt) => prompt.id === id)
      const isGone = !isThere && (await findInHistory(call, id, context)) === undefined
      return isGone ? { state: 'canceled', isCharged: false } : null
    },
    download(_job, reference, path, { signal }) {
      const { filename, subfolder, type } = fieldsOf(reference)
      const query = new URLSearchParams({ filename: `${filename}`, subfolder: `${subfolder}`, type: `${type}` })
      return downloadFile({ ...of, headers }, `${of.baseUrl.replace(/\/+$/, '')}/view?${query}`, path, signal)
    },
    close: async () => socket.close(),
  }
}

function workflowOf({ settings }: Job): Workflow {
  const workflow = readWorkflow(settings)
  if (workflow === null) throw new Error('the settings of the route are no workflow of ComfyUI')
  return workflow
}

function promptOf(ticket: Ticket): string {
  const id = idOf(fieldsOf(ticket).prompt)
  if (id === null) throw new Error('the ticket is not one of ComfyUI')
  return id
}

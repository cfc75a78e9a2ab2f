import type { Job, Outcome, Progress, Started, Ticket } from '../engine.ts'
import type { OnWarning, ProviderParts } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import type { Answer, Call } from '../wire/call.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf, idOf, textOf } from '../wire/json-fields.ts'
import { partMedia } from '../wire/part-media.ts'
import { provideFiles } from '../wire/provide-files.ts'
import { toDataUrl } from '../wire/provide-media.ts'
import { REJECTED } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { isRejectedCode, readRefusal } from './read-failure.ts'

/** The calls of the Videos API. */
export interface Videos {
  start(job: Job, of: { signal: AbortSignal; nowMs: number }): Promise<Started>
  check(ticket: Ticket, of: { signal: AbortSignal; nowMs: number }): Promise<Progress | Outcome>
}

/** Creates them. */
export function createVideos(call: Call, parts: ProviderParts): Videos {
  return {
    async start(job, of) {
      const { media, rest } = partMedia(job)
      const provided = await provideFiles(job, media, parts, of.signal, toDataUrl)
      if ('failure' in provided) return provided.failure
      const [reference] = provided.files
      const body = {
        model: job.settings.model,
        ...rest,
        ...(reference !== undefined && { input_reference: { image_url: reference.name } }),
      }
      const answer = await sendStart(call('POST', '/videos', of, { body }))
      if (!answer.isOk) return readRefusal(answer)
      const id = idOf(fieldsOf(answer.body).id)
      if (id === null) throw new Error('OpenAI accepted a video without an id for it')
      return { ticket: { video: id } }
    },
    async check(ticket, of) {
      const id = videoOf(ticket)
      return readVideo(id, expectOk(await call('GET', `/videos/${id}`, of)), parts.onWarning)
    },
  }
}

/** The id of a video, by its ticket or by what is held of it. */
export function videoOf(ticket: Ticket): string {
  const id = idOf(fieldsOf(ticket).video)
  if (id === null) throw new Error('the ticket is not one of a video of OpenAI')
  return id
}

function readVideo(id: string, { body }: Answer, onWarning: OnWarning): Progress | Outcome {
  const { status, progress, error } = fieldsOf(body)
  const percent = typeof progress === 'number' && progress >= 0 ? Math.min(Math.floor(progress), 100) : null
  switch (status) {
    case 'queued':
    case 'in_progress':
      return { state: 'running', percent }
    case 'completed':
      return { state: 'finished', media: [{ kind: 'held', reference: { video: id } }] }
    case 'failed': {
      const { code, message } = fieldsOf(error)
      if (isRejectedCode(textOf(code))) return REJECTED
      const reason = textOf(message) ?? 'The provider failed to make the video.'
      return { state: 'failed', code: 'GENERATION_FAILED', message: reason, isCharged: false }
    }
    default:
      if (typeof status !== 'string') throw new Error('OpenAI answered without a status')
      onWarning(`OpenAI says "${toPublicText(status, 64)}", which is no status it documents`)
      return { state: 'running', percent }
  }
}

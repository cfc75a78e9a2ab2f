import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createOpenaiEngine } from '../openai-engine.ts'

/** A picture as it comes, and its name in the store. */
export const PICTURE = Buffer.from('the bytes of what was made')
const BLOB = '19773e21a8cedc73d5ce9c4c78e5d4de37df0f42ce134702f3d8eb3897955a02'

const error = (status: number, code: string | null, message: string, type = 'invalid_request_error'): Reply => ({
  status,
  body: { error: { message, type, param: null, code } },
})
const REJECTED = error(
  400,
  'moderation_blocked',
  'Your request was rejected by the safety system.',
  'image_generation_user_error',
)

/** The Images API: one call that is answered once the pictures are made. */
export const IMAGES_WIRE: ProviderWire = {
  name: 'openai (images)',
  open: createOpenaiEngine,
  job: { type: 'image', settings: { model: 'gpt-image-2' } },
  isSynchronous: true,
  isFailureItsOwnFault: false,
  operationOf: ({ method, target }) =>
    method === 'POST' && /^\/images\/(generations|edits)$/.test(target) ? 'submit' : null,
  accepted: () => ({ status: 500, body: {} }),
  refused: error(400, 'invalid_value', 'Invalid size: 15x15'),
  rejectedAtOnce: REJECTED,
  standing(standing) {
    if (standing === 'rejected') return REJECTED
    if (standing !== 'finished') return null
    const usage = { total_tokens: 1_100, input_tokens: 100, output_tokens: 1_000 }
    return { status: 200, body: { created: 1, data: [{ b64_json: PICTURE.toString('base64') }], usage } }
  },
  canceled: { status: 404, body: {} },
  media: [{ kind: 'blob', blob: BLOB }],
}

const video = (status: string, more: object = {}): Reply => ({
  status: 200,
  body: { id: 'video_123', object: 'video', model: 'sora-2', progress: 40, error: null, ...more, status },
})

/** The Videos API: a job that is asked for. */
export const VIDEOS_WIRE: ProviderWire = {
  name: 'openai (videos)',
  open: createOpenaiEngine,
  job: { type: 'video', settings: { model: 'sora-2', api: 'videos' } },
  passesUrlsOn: false,
  isFailureItsOwnFault: false,
  operationOf({ method, target }) {
    if (method === 'POST' && target === '/videos') return 'submit'
    if (method === 'GET' && target === '/videos/video_123') return 'check'
    return method === 'GET' && target === '/videos/video_123/content' ? 'other' : null
  },
  accepted: () => video('queued', { progress: 0 }),
  refused: error(400, 'invalid_value', "Invalid value: '5'. Supported values are: '4', '8', and '12'."),
  rejectedAtOnce: error(400, 'moderation_blocked', 'Your request was blocked by our moderation system.'),
  standing(standing) {
    switch (standing) {
      case 'queued':
        return video('queued', { progress: 0 })
      case 'running':
        return video('in_progress')
      case 'unknown-word':
        return video('remixing')
      case 'finished':
        return video('completed', { progress: 100 })
      case 'failed':
        return video('failed', { error: { code: 'server_error', message: 'The video could not be generated.' } })
      case 'rejected':
        return video('failed', { error: { code: 'moderation_blocked', message: 'Blocked by moderation.' } })
      case 'canceled':
        return null
    }
  },
  canceled: { status: 404, body: {} },
  media: [{ kind: 'held', reference: { video: 'video_123' } }],
}

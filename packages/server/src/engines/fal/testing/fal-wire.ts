import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createFalEngine } from '../fal-engine.ts'

/** The id of an emulated job. */
export const ID = '764cabcf-b745-4b3e-ae38-1200304cf45b'
const REQUEST = `/fal-ai/flux/requests/${ID}`

/** The URL of what an emulated job made. */
export const PICTURE_URL = 'https://v3.fal.media/files/rabbit/1.png'

const status = (word: string, more: object = {}): Reply => ({
  status: word === 'COMPLETED' ? 200 : 202,
  body: { status: word, request_id: ID, response_url: `https://queue.fal.run${REQUEST}`, ...more },
})
const error = (code: number, detail: unknown, more: object = {}): Reply => ({ status: code, body: { detail, ...more } })

/** The queue of fal, as its documentation has it. */
export const FAL_WIRE: ProviderWire = {
  name: 'fal',
  open: createFalEngine,
  job: { type: 'image', settings: { model: 'fal-ai/flux/dev' } },
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    const path = target.split('?')[0]
    if (method === 'POST' && path === '/fal-ai/flux/dev') return 'submit'
    if (method === 'GET' && path === `${REQUEST}/status`) return 'check'
    if (method === 'GET' && path === REQUEST) return 'result'
    if (method === 'PUT' && path === `${REQUEST}/cancel`) return 'cancel'
    if (path === '/storage/upload/initiate' || path === '/upload-place') return 'upload'
    return null
  },
  accepted: () => ({
    status: 200,
    body: {
      request_id: ID,
      response_url: `https://queue.fal.run${REQUEST}`,
      status_url: `https://queue.fal.run${REQUEST}/status`,
      cancel_url: `https://queue.fal.run${REQUEST}/cancel`,
      queue_position: 0,
    },
  }),
  refused: error(422, [{ loc: ['body', 'image_size'], msg: 'unexpected value', type: 'value_error' }]),
  rejectedAtOnce: error(422, [{ loc: ['body', 'prompt'], msg: 'flagged', type: 'content_policy_violation' }]),
  standing(standing, operation) {
    switch (standing) {
      case 'queued':
        return status('IN_QUEUE', { queue_position: 3 })
      case 'running':
        return status('IN_PROGRESS', { logs: null })
      case 'unknown-word':
        return status('WARMING_UP')
      case 'finished':
        return operation === 'check' ? status('COMPLETED', { metrics: { inference_time: 1.5 } }) : FINISHED
      case 'failed':
        return operation === 'check'
          ? status('COMPLETED', { error: 'Runner died', error_type: 'runner_disconnected' })
          : error(503, 'Runner disconnected', { error_type: 'runner_disconnected' })
      case 'rejected':
        return operation === 'check'
          ? status('COMPLETED')
          : error(422, [{ loc: ['body', 'prompt'], msg: 'flagged', type: 'content_policy_violation', input: 'a' }])
      case 'canceled':
        return operation === 'check'
          ? status('COMPLETED', { error: 'cancelled', error_type: 'client_cancelled' })
          : error(499, 'Request cancelled', { error_type: 'client_cancelled' })
    }
  },
  canceled: { status: 202, body: { status: 'CANCELLATION_REQUESTED' } },
  media: [{ kind: 'url', url: PICTURE_URL }],
  upload: ({ method, target }, url) =>
    method === 'PUT'
      ? { status: 200, body: {} }
      : target.endsWith('storage_type=fal-cdn-v3')
        ? { status: 200, body: { upload_url: `${url}/upload-place`, file_url: 'https://v3.fal.media/files/in.png' } }
        : { status: 422, body: {} },
}

const FINISHED: Reply = {
  status: 200,
  body: {
    images: [{ url: PICTURE_URL, content_type: 'image/png', width: 1024, height: 768 }],
    timings: { inference: 1.5 },
    seed: 42,
    has_nsfw_concepts: [false],
    prompt: 'a "lighthouse"\nat dusk',
  },
  headers: { 'x-fal-billable-units': '1.5' },
}

import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createBytedanceEngine } from '../bytedance-engine.ts'

const TASK = '/contents/generations/tasks/cgt-1'
/** Where emulated media lie. */
export const VIDEO_URL = 'https://ark-content.example/1.mp4?X-Tos-Expires=86400'
export const PICTURE_URL = 'https://ark-content.example/1.jpeg'

const error = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message: `${message} Request id: 0217`, param: '', type: 'BadRequest' } },
})
const task = (status: string, more: object = {}): Reply => ({
  status: 200,
  body: { id: 'cgt-1', model: 'seedance', status, created_at: 1, updated_at: 2, ...more },
})

/** Tasks of Seedance. */
export const SEEDANCE_WIRE: ProviderWire = {
  name: 'bytedance (Seedance)',
  open: createBytedanceEngine,
  job: { type: 'video', settings: { model: 'seedance-1-5-pro-251215' } },
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    if (method === 'POST' && target === '/contents/generations/tasks') return 'submit'
    if (target !== TASK) return null
    return method === 'GET' ? 'check' : method === 'DELETE' ? 'cancel' : null
  },
  accepted: () => ({ status: 200, body: { id: 'cgt-1' } }),
  refused: error(400, 'InvalidParameter', 'The parameter duration is not valid.'),
  rejectedAtOnce: error(400, 'InputTextSensitiveContentDetected', 'The input text may contain sensitive information.'),
  standing(standing) {
    switch (standing) {
      case 'queued':
        return task('queued')
      case 'running':
        return task('running')
      case 'unknown-word':
        return task('dreaming')
      case 'finished':
        return task('succeeded', {
          content: { video_url: VIDEO_URL },
          usage: { completion_tokens: 108_900, total_tokens: 108_900 },
          seed: 42,
        })
      case 'failed':
        return task('failed', { error: { code: 'InternalServiceError', message: 'Something went wrong.' } })
      case 'rejected':
        return task('failed', { error: { code: 'OutputVideoSensitiveContentDetected', message: 'sensitive' } })
      case 'canceled':
        return task('cancelled')
    }
  },
  canceled: { status: 200, body: {} },
  media: [{ kind: 'url', url: VIDEO_URL }],
}

/** Images of Seedream: one call that is answered once they are made. */
export const SEEDREAM_WIRE: ProviderWire = {
  name: 'bytedance (Seedream)',
  open: createBytedanceEngine,
  job: { type: 'image', settings: { model: 'seedream-4-5-251128' } },
  isSynchronous: true,
  isFailureItsOwnFault: true,
  operationOf: ({ method, target }) => (method === 'POST' && target === '/images/generations' ? 'submit' : null),
  accepted: () => ({ status: 500, body: {} }),
  refused: error(400, 'InvalidParameter', 'The parameter size is not valid.'),
  rejectedAtOnce: error(400, 'InputImageSensitiveContentDetected.PolicyViolation', 'The input image is sensitive.'),
  standing(standing) {
    const made = (data: object): Reply => ({
      status: 200,
      body: { model: 'm', created: 1, data: [data], usage: { generated_images: 1, output_tokens: 1, total_tokens: 1 } },
    })
    if (standing === 'finished') return made({ url: PICTURE_URL, size: '2048x2048' })
    if (standing === 'failed')
      return made({ error: { code: 'InternalServiceError', message: 'Something went wrong.' } })
    return standing === 'rejected' ? made({ error: { code: 'OutputImageSensitiveContentDetected' } }) : null
  },
  canceled: { status: 404, body: {} },
  media: [{ kind: 'url', url: PICTURE_URL }],
}

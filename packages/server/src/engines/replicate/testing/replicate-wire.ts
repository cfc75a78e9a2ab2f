import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createReplicateEngine } from '../replicate-engine.ts'

/** The id of an emulated prediction. */
export const ID = 'rrr4z55ocneqzikepnug6xezpe'

/** The URL of what an emulated prediction made. */
export const PICTURE_URL = 'https://replicate.delivery/xezq/abc/out-0.webp'

const prediction = (status: string, more: object = {}, code = 200): Reply => ({
  status: code,
  body: {
    id: ID,
    model: 'black-forest-labs/flux-schnell',
    version: 'hidden',
    input: { prompt: 'a' },
    logs: '',
    output: null,
    data_removed: false,
    error: null,
    source: 'api',
    status,
    created_at: '2027-01-02T03:04:05.000Z',
    urls: { get: `https://api.replicate.com/v1/predictions/${ID}`, cancel: 'https://api.replicate.com/v1/x/cancel' },
    ...more,
  },
})

/** The predictions of Replicate, as its documentation has them. */
export const REPLICATE_WIRE: ProviderWire = {
  name: 'replicate',
  open: createReplicateEngine,
  job: { type: 'image', settings: { model: 'black-forest-labs/flux-schnell' } },
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    if (method === 'POST' && target === '/models/black-forest-labs/flux-schnell/predictions') return 'submit'
    if (method === 'GET' && target === `/predictions/${ID}`) return 'check'
    if (method === 'POST' && target === `/predictions/${ID}/cancel`) return 'cancel'
    return method === 'POST' && target === '/files' ? 'upload' : null
  },
  accepted: () => prediction('starting', {}, 201),
  refused: {
    status: 422,
    body: { title: 'Input validation failed', detail: '- input.aspect_ratio must be one of 1:1, 16:9\n', status: 422 },
  },
  rejectedAtOnce: null,
  standing(standing) {
    switch (standing) {
      case 'queued':
        return prediction('starting')
      case 'running':
        return prediction('processing', { logs: ' 10%|#   | 1/10\n 40%|####   | 4/10 [00:01<00:02]' })
      case 'unknown-word':
        return prediction('warming')
      case 'finished':
        return prediction('succeeded', { output: [PICTURE_URL], metrics: { predict_time: 1.25, total_time: 3 } })
      case 'failed':
        return prediction('failed', { error: 'Director: failed to start prediction (E6716)', metrics: {} })
      case 'rejected':
        return prediction('failed', {
          error: 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
          metrics: { predict_time: 0.5 },
        })
      case 'canceled':
        return prediction('canceled')
    }
  },
  canceled: prediction('processing'),
  media: [{ kind: 'url', url: PICTURE_URL }],
  upload: () => ({ status: 201, body: { id: 'f-1', urls: { get: 'https://api.replicate.com/v1/files/f-1' } } }),
}

import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createHttpEngine } from '../http-engine.ts'

/** Our request id, as the server has it. */
export const CLIENT_ID = '0190f8a0-0000-7000-8000-000000000001'
const job = (state: string, more: object = {}): Reply => ({
  status: 200,
  body: { job: 'j-1', client_id: CLIENT_ID, state, ...more },
})

/** A server of one's own, by the protocol of `docs/engines/http.md`. */
export const PLAIN_WIRE: ProviderWire = {
  name: 'http',
  open: ({ credential, ...of }) => createHttpEngine({ ...of, token: credential, canFind: true }),
  job: { type: 'image', settings: { checkpoint: 'v1' } },
  isFailureItsOwnFault: false,
  handsInputsOver: false,
  operationOf({ method, target }) {
    if (method === 'POST' && target === '/jobs') return 'submit'
    if (method === 'GET' && target === '/jobs/j-1') return 'check'
    if (method === 'POST' && target === '/jobs/j-1/cancel') return 'cancel'
    return target.startsWith('/jobs?client_id=') ? 'find' : null
  },
  accepted: () => job('queued'),
  refused: { status: 422, body: { error: { code: 'TOO_LARGE', message: 'too large' } } },
  rejectedAtOnce: { status: 422, body: { error: { code: 'CONTENT_REJECTED', message: 'no' } } },
  standing(standing) {
    switch (standing) {
      case 'unknown-word':
        return job('warming')
      case 'finished':
        return job('finished', { media: [{ url: 'http://10.0.0.5/1.png' }] })
      case 'failed':
        return job('failed', { error: { code: 'GENERATION_FAILED', message: 'out of memory' } })
      case 'rejected':
        return job('failed', { error: { code: 'CONTENT_REJECTED', message: 'no such things here' } })
      default:
        return job(standing)
    }
  },
  canceled: job('running'),
  media: [{ kind: 'url', url: 'http://10.0.0.5/1.png' }],
}

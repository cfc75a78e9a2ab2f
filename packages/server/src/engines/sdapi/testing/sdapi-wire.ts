import type { ProviderWire } from '../../testing/provider-wire.ts'
import { createSdapiEngine } from '../sdapi-engine.ts'

/** A picture as it comes, in base64, and its name in the store. */
export const PICTURE = Buffer.from('the bytes of what was made').toString('base64')
export const BLOB = '19773e21a8cedc73d5ce9c4c78e5d4de37df0f42ce134702f3d8eb3897955a02'

/** The API of the WebUI, as its `modules/api` has it. */
export const SDAPI_WIRE: ProviderWire = {
  name: 'sdapi',
  open: createSdapiEngine,
  job: { type: 'image', settings: { operation: 'img2img' } },
  isSynchronous: true,
  passesUrlsOn: false,
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    if (method === 'POST' && /^\/sdapi\/v1\/(txt2img|img2img|extra-single-image)$/.test(target)) return 'submit'
    if (method === 'POST' && target === '/sdapi/v1/interrupt') return 'cancel'
    return target === '/sdapi/v1/progress?skip_current_image=true' ? 'other' : null
  },
  accepted: () => ({ status: 500, body: {} }),
  refused: {
    status: 422,
    body: { detail: [{ loc: ['body', 'steps'], msg: 'value is not a valid integer', type: 'type_error' }] },
  },
  rejectedAtOnce: null,
  standing(standing) {
    if (standing === 'failed') {
      return { status: 500, body: { error: 'OutOfMemoryError', detail: '', body: '', errors: 'CUDA out of memory' } }
    }
    if (standing !== 'finished') return null
    const info = JSON.stringify({ seed: 42, all_seeds: [42], index_of_first_image: 0 })
    return { status: 200, body: { images: [PICTURE], parameters: {}, info } }
  },
  canceled: { status: 200, body: {} },
  media: [{ kind: 'blob', blob: BLOB }],
}

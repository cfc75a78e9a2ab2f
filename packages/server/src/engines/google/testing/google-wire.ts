import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createGoogleEngine } from '../google-engine.ts'

/** A picture as it comes, in base64, and its name in the store. */
export const PICTURE = Buffer.from('the bytes of what was made').toString('base64')
export const BLOB = '19773e21a8cedc73d5ce9c4c78e5d4de37df0f42ce134702f3d8eb3897955a02'
const OPERATION = 'models/veo-3.1-generate-preview/operations/op1'

const error = (code: number, status: string, message: string, details: object[] = []): Reply => ({
  status: code,
  body: { error: { code, message, status, details } },
})
const BLOCKED: Reply = {
  status: 200,
  body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: {} },
}

/** generateContent: one call that is answered once the picture is made. */
export const GEMINI_WIRE: ProviderWire = {
  name: 'google (Gemini)',
  open: createGoogleEngine,
  job: { type: 'image', settings: { model: 'gemini-3.1-flash-image' } },
  isSynchronous: true,
  passesUrlsOn: false,
  isFailureItsOwnFault: false,
  operationOf: ({ method, target }) =>
    method === 'POST' && target === '/v1beta/models/gemini-3.1-flash-image:generateContent' ? 'submit' : null,
  accepted: () => ({ status: 500, body: {} }),
  refused: error(400, 'INVALID_ARGUMENT', 'Invalid aspect ratio'),
  rejectedAtOnce: BLOCKED,
  standing(standing) {
    if (standing === 'rejected') {
      return { status: 200, body: { candidates: [{ finishReason: 'IMAGE_SAFETY', index: 0 }] } }
    }
    if (standing !== 'finished') return null
    const parts = [
      { inlineData: { mimeType: 'image/png', data: 'ZHJhZnQ=' }, thought: true },
      { text: 'Here it is.' },
      { inlineData: { mimeType: 'image/png', data: PICTURE } },
    ]
    const candidates = [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }]
    return { status: 200, body: { candidates, usageMetadata: { totalTokenCount: 1_300 } } }
  },
  canceled: { status: 404, body: {} },
  media: [{ kind: 'blob', blob: BLOB }],
}

/** predict of Imagen: one call that is answered once all pictures are made. */
export const IMAGEN_WIRE: ProviderWire = {
  ...GEMINI_WIRE,
  name: 'google (Imagen)',
  job: { type: 'image', settings: { model: 'imagen-4.0-generate-001' } },
  handsInputsOver: false,
  operationOf: ({ method, target }) =>
    method === 'POST' && target === '/v1beta/models/imagen-4.0-generate-001:predict' ? 'submit' : null,
  rejectedAtOnce: error(400, 'INVALID_ARGUMENT', "The prompt violates Google's Responsible AI practices."),
  standing(standing) {
    if (standing === 'rejected') return { status: 200, body: { predictions: [{ raiFilteredReason: 'violence' }] } }
    if (standing !== 'finished') return null
    return { status: 200, body: { predictions: [{ bytesBase64Encoded: PICTURE, mimeType: 'image/png' }] } }
  },
}

const operation = (more: object): Reply => ({ status: 200, body: { name: OPERATION, ...more } })
const ended = (response: object): Reply => operation({ done: true, response: { generateVideoResponse: response } })

/** predictLongRunning: an operation that is asked for. */
export const VEO_WIRE: ProviderWire = {
  name: 'google (Veo)',
  open: createGoogleEngine,
  job: { type: 'video', settings: { model: 'veo-3.1-generate-preview' } },
  passesUrlsOn: false,
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    if (method === 'POST' && target === '/v1beta/models/veo-3.1-generate-preview:predictLongRunning') return 'submit'
    if (method === 'GET' && target === `/v1beta/${OPERATION}`) return 'check'
    return method === 'GET' && target === '/v1beta/files/abc:download?alt=media' ? 'other' : null
  },
  accepted: () => operation({}),
  refused: error(400, 'INVALID_ARGUMENT', 'durationSeconds is out of bound'),
  rejectedAtOnce: error(400, 'INVALID_ARGUMENT', "The prompt violates Google's Generative AI usage guidelines."),
  standing(standing) {
    switch (standing) {
      case 'queued':
      case 'running':
        return operation({})
      case 'unknown-word':
      case 'canceled':
        return null
      case 'finished': {
        const uri = 'https://generativelanguage.googleapis.com/v1beta/files/abc:download?alt=media'
        return ended({ generatedSamples: [{ video: { uri } }] })
      }
      case 'failed':
        return operation({ done: true, error: { code: 13, message: 'Internal error' } })
      case 'rejected':
        return ended({ raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['a reason'] })
    }
  },
  canceled: { status: 404, body: {} },
  media: [{ kind: 'held', reference: { file: 'files/abc' } }],
}

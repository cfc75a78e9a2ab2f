import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import { createComfyuiEngine } from '../comfyui-engine.ts'

/** Our request id, which is the id of the prompt. */
export const ID = '0190f8a0-0000-7000-8000-000000000001'
const ok = (body: unknown): Reply => ({ status: 200, body })
const item = [1, ID, { '9': {} }, { client_id: 'c', clipia_request: ID }, ['9']]

/** The entry of a prompt in the history. */
export const entry = (status: object, outputs: object = {}): Reply => ok({ [ID]: { prompt: item, outputs, status } })
const events = (name: string, more: object = {}) => [
  ['execution_start', { prompt_id: ID }],
  [name, { prompt_id: ID, node_type: 'KSampler', ...more }],
]
const queue = (running: unknown[], pending: unknown[]): Reply => ok({ queue_running: running, queue_pending: pending })

/** ComfyUI's routes for prompts, as its `server.py` has them. */
export const COMFYUI_WIRE: ProviderWire = {
  name: 'comfyui',
  open: createComfyuiEngine,
  job: {
    type: 'image',
    settings: {
      workflow: {
        '3': { class_type: 'KSampler', inputs: { seed: 0, positive: ['6', 0] } },
        '6': { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] } },
        '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
        '10': { class_type: 'LoadImage', inputs: { image: '' } },
      },
      inputs: { prompt: ['6', 'text'], seed: ['3', 'seed'], image_url: ['10', 'image'] },
    },
  },
  passesUrlsOn: false,
  isFailureItsOwnFault: true,
  operationOf({ method, target }) {
    if (method === 'POST') {
      if (target === '/prompt') return 'submit'
      if (target === '/upload/image') return 'upload'
      return target === '/queue' || target === '/interrupt' ? 'cancel' : null
    }
    if (target === '/queue') return 'check'
    if (target === `/history/${ID}`) return 'result'
    return target.startsWith('/view?') || target === '/history?max_items=100' ? 'other' : null
  },
  accepted: () => ok({ prompt_id: ID, number: 1, node_errors: {} }),
  refused: {
    status: 400,
    body: { error: { type: 'prompt_outputs_failed_validation', message: 'Prompt outputs failed validation' } },
  },
  rejectedAtOnce: null,
  standing(standing, operation) {
    const isQueue = operation === 'check'
    switch (standing) {
      case 'queued':
        return isQueue ? queue([], [item]) : ok({})
      case 'running':
        return isQueue ? queue([item], []) : ok({})
      case 'unknown-word':
        return isQueue ? queue([], []) : entry({ status_str: 'paused', completed: false, messages: [] })
      case 'finished':
        return isQueue
          ? queue([], [])
          : entry(
              { status_str: 'success', completed: true, messages: events('execution_success') },
              { '9': { images: [{ filename: 'clipia_1_.png', subfolder: '', type: 'output' }] } },
            )
      case 'failed':
        return isQueue
          ? queue([], [])
          : entry({
              status_str: 'error',
              completed: false,
              messages: events('execution_error', { exception_message: 'CUDA /home' }),
            })
      case 'canceled':
        return isQueue
          ? queue([], [])
          : entry({ status_str: 'error', completed: false, messages: events('execution_interrupted') })
      case 'rejected':
        return null
    }
  },
  canceled: ok({}),
  media: [{ kind: 'held', reference: { filename: 'clipia_1_.png', subfolder: '', type: 'output' } }],
  upload: () => ok({ name: 'in.png', subfolder: 'clipia', type: 'input' }),
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Generation } from '../generations/generation.ts'
import { buildWebhookBody } from './webhook-body.ts'

const GENERATION: Generation = {
  requestId: 'r',
  mode: 'live',
  model: 'canvas-1',
  status: 'COMPLETED',
  version: 3,
  cost: 4_000_000,
  refunded: 0,
  output: { type: 'audio', name: 'a.wav', duration: 2 },
  error: null,
  createdAt: 1,
  startedAt: 2,
  deletedAt: null,
  completedAt: 3,
}
const OUTPUT = { audio: { url: 'https://media.example.com/a.wav', duration: 2 } }

describe('the body of a webhook', () => {
  it('is OK with model, output and cost in credits', () => {
    assert.deepEqual(JSON.parse(buildWebhookBody(GENERATION, OUTPUT)), {
      request_id: 'r',
      status: 'OK',
      payload: { model: 'canvas-1', output: OUTPUT, cost: 4 },
      mode: 'live',
    })
  })

  it('is ERROR with code and message for a failure, and with CANCELED for a canceled request', () => {
    const error = { code: 'CONTENT_REJECTED', message: 'No.' } as const
    const failed: Generation = { ...GENERATION, status: 'FAILED', output: null, error, mode: 'test' }
    assert.deepEqual(JSON.parse(buildWebhookBody(failed, null)), {
      request_id: 'r',
      status: 'ERROR',
      error,
      mode: 'test',
    })
    const canceled: Generation = { ...GENERATION, status: 'CANCELED', output: null }
    assert.deepEqual(JSON.parse(buildWebhookBody(canceled, null)), {
      request_id: 'r',
      status: 'ERROR',
      error: { code: 'CANCELED', message: 'The request was canceled.' },
      mode: 'live',
    })
  })

  it('does not exist for a request that is not over', () => {
    const running: Generation = { ...GENERATION, status: 'IN_PROGRESS', output: null, completedAt: null }
    assert.throws(() => buildWebhookBody(running, null), /not over/)
  })
})

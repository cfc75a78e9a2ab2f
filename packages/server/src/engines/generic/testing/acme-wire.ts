import { ModelDocument } from '../../../catalogue/model-document.ts'
import type { ProviderWire, Reply } from '../../testing/provider-wire.ts'
import type { Definition } from '../definition.ts'
import { createGenericEngine } from '../generic-engine.ts'
import { readDefinition } from '../read-definition.ts'
import { ACME_FILE } from './acme-file.ts'

/** The secret by which the emulated provider signs callbacks. */
export const CALLBACK_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`

/** The definition of a text; throws when it has a mistake. */
export function definitionOf(text: string): Definition {
  const { definition, mistakes } = readDefinition(new ModelDocument('acme.yaml', text))
  if (definition === null) throw new Error(JSON.stringify(mistakes, null, 2))
  return definition
}

const job = (state: string, more: object = {}): Reply => ({ status: 200, body: { job: { id: 'j/1', state, ...more } } })

/** A provider nobody wrote an adapter for, in front of the engine of a file. */
export function acmeWire(text: string = ACME_FILE): ProviderWire {
  return {
    name: 'an engine file',
    open: (parts) => createGenericEngine(definitionOf(text), { ...parts, callbackSecret: CALLBACK_SECRET }),
    job: { type: 'image', settings: { model: 'painter/v2' } },
    isFailureItsOwnFault: true,
    operationOf({ method, target }) {
      if (method === 'POST' && target === '/models/painter/v2/jobs') return 'submit'
      if (method === 'GET' && target === '/jobs/j/1?fields=all') return 'check'
      if (method === 'DELETE' && target === '/jobs/j/1') return 'cancel'
      return method === 'GET' && target.startsWith('/jobs?reference=') ? 'find' : null
    },
    accepted: ({ method }) => (method === 'GET' ? { status: 200, body: { jobs: [{ id: 'j/1' }] } } : job('pending')),
    refused: { status: 422, body: { error: { kind: 'input', text: 'size must be square' } } },
    rejectedAtOnce: { status: 400, body: { error: { kind: 'moderation', text: 'no' } } },
    standing(standing) {
      switch (standing) {
        case 'queued':
          return job('pending')
        case 'running':
          return job('working', { fraction: 0.405 })
        case 'unknown-word':
          return job('napping')
        case 'finished':
          return job('done', { files: [{ href: 'https://cdn.acme.example/1.png' }], seed: 11, cost: 0.04 })
        case 'failed':
          return { status: 200, body: { job: { id: 'j/1', state: 'broken' }, error: { text: 'out of memory' } } }
        case 'rejected':
          return job('blocked')
        case 'canceled':
          return job('stopped', { billed: true })
      }
    },
    canceled: { status: 200, body: { ok: true } },
    media: [{ kind: 'url', url: 'https://cdn.acme.example/1.png' }],
  }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Model } from './model.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { SHIPPED_MODELS } from './testing/test-models.ts'

interface Known {
  type: string
  capabilities: string[]
  /** All parameters with what they take; absent where clients rely on none. */
  parameters?: Record<string, unknown>
}

const NANO_BANANA: Known = {
  type: 'image',
  capabilities: ['text-to-image', 'image-to-image'],
  parameters: {
    prompt: 'text',
    aspect_ratio: 'choice',
    resolution: ['1K', '2K', '4K'],
    num_images: [1, 4],
    image_urls: 'urls',
  },
}

/** The models that published clients know; their names, kinds and parameters never change. */
const KNOWN: Record<string, Known> = {
  'nano-banana-2': NANO_BANANA,
  'nano-banana-pro': NANO_BANANA,
  'flux-2-pro': { type: 'image', capabilities: ['text-to-image'] },
  'gpt-image-2': { type: 'image', capabilities: ['text-to-image', 'image-to-image'] },
  'google/imagen4': { type: 'image', capabilities: ['text-to-image'] },
  'seedance-2-fast-t2v': {
    type: 'video',
    capabilities: ['text-to-video'],
    parameters: {
      prompt: 'text',
      duration: [4, 8],
      resolution: ['480p', '720p', '1080p'],
      aspect_ratio: ['16:9', '9:16', '1:1'],
    },
  },
  'seedance-2-fast-i2v': {
    type: 'video',
    capabilities: ['image-to-video'],
    parameters: {
      image_url: 'url',
      prompt: 'text',
      duration: [4, 8],
      resolution: ['480p', '720p', '1080p'],
      aspect_ratio: ['16:9', '9:16', '1:1'],
    },
  },
  'kling-3': { type: 'video', capabilities: ['text-to-video', 'image-to-video'] },
  'wan-2-7': { type: 'video', capabilities: ['text-to-video', 'image-to-video'] },
  'sora-2': { type: 'video', capabilities: ['text-to-video', 'image-to-video'] },
  'sora-2-pro': { type: 'video', capabilities: ['text-to-video', 'image-to-video'] },
}

function find(slug: string): Model {
  const model = SHIPPED_MODELS.find((candidate) => candidate.slug === slug)
  assert.ok(model, slug)
  return model
}

function priceFor(slug: string, raw: object): number {
  const model = find(slug)
  return priceOf(model, normalizeInput(model, raw, { checkUrl: () => null })).credits
}

for (const [slug, known] of Object.entries(KNOWN)) {
  test(`${slug} is what published clients take it for`, () => {
    const model = find(slug)
    assert.equal(model.type, known.type)
    for (const capability of known.capabilities) assert.ok(model.capabilities.includes(capability), capability)
    if (known.parameters === undefined) return
    const parameters = Array.from(model.parameters.values(), (parameter) => {
      const { name, type, format, items, minimum, maximum } = parameter
      if (items?.format === 'uri') return [name, 'urls']
      if (format === 'uri') return [name, 'url']
      if (known.parameters?.[name] === 'choice' && parameter.enum !== undefined) return [name, 'choice']
      return [name, parameter.enum ?? (type === 'string' ? 'text' : [minimum, maximum])]
    })
    assert.deepEqual(Object.fromEntries(parameters), known.parameters)
    assert.deepEqual(Object.keys(known.parameters).sort(), [...model.parameters.keys()].sort())
  })
}

test('seedance-2-fast-i2v needs a picture, and has the documented defaults', () => {
  const { parameters } = find('seedance-2-fast-i2v')
  const required = [...parameters.values()].filter((parameter) => parameter.required).map(({ name }) => name)
  assert.deepEqual(required, ['image_url'])
  assert.deepEqual([parameters.get('duration')?.default, parameters.get('resolution')?.default], [4, '720p'])
})

test('kling-3 and wan-2-7 make 720p and 1080p; a clip of sora has no duration to choose', () => {
  for (const slug of ['kling-3', 'wan-2-7']) {
    const { parameters } = find(slug)
    assert.deepEqual(parameters.get('resolution')?.enum, ['720p', '1080p'])
    assert.equal(parameters.get('resolution')?.default, '720p')
  }
  for (const slug of ['sora-2', 'sora-2-pro']) assert.equal(find(slug).parameters.has('duration'), false)
})

for (const [slug, raw, credits] of [
  ['nano-banana-2', { prompt: 'a' }, 4],
  ['nano-banana-2', { prompt: 'a', num_images: 3 }, 12],
  ['nano-banana-pro', { prompt: 'a' }, 5],
  ['flux-2-pro', { prompt: 'a' }, 3],
  ['gpt-image-2', { prompt: 'a' }, 3],
  ['gpt-image-2', { prompt: 'a', resolution: '4K' }, 7],
  ['seedance-2-fast-t2v', { prompt: 'a', duration: 4 }, 38],
  ['seedance-2-fast-t2v', { prompt: 'a', duration: 8, resolution: '480p' }, 45],
  ['seedance-2-fast-i2v', { image_url: 'https://a.example/' }, 38],
  ['kling-3', { prompt: 'a', duration: 5 }, 36],
  ['wan-2-7', { prompt: 'a', duration: 10 }, 48],
  ['sora-2', { prompt: 'a' }, 17],
  ['sora-2-pro', { prompt: 'a' }, 28],
] as const) {
  test(`${slug} costs ${credits} credits for ${JSON.stringify(raw)}`, () => assert.equal(priceFor(slug, raw), credits))
}

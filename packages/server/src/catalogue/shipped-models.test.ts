import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { mapInput } from './map-input.ts'
import type { Model, NormalizedInput } from './model.ts'
import { ModelDocument } from './model-document.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { pricingOf } from './pricing.ts'
import { readModelFile } from './read-model.ts'
import { findUnmet } from './route.ts'
import { arbitraryInput } from './testing/arbitrary-input.ts'
import { SHIPPED_FOLDER, SHIPPED_MODELS } from './testing/test-models.ts'

/** Dearest generation that a file of ours may price, in credits: more is a slip of the pen. */
const DEAREST_CREDITS = 1_000

const FILES = readdirSync(SHIPPED_FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(SHIPPED_FOLDER, name), 'utf8') }))

const isOurs = (model: Model) => model.routes.every(({ engine }) => engine === 'local')

/** The smallest input that a model's own detail documents: what is required, in its shortest form. */
function minimalInput(model: Model): NormalizedInput {
  const needed = [...model.parameters.values()].filter(
    ({ name, required }) => required || model.requireOneOf.some(([first]) => first === name),
  )
  const raw = needed.map(({ name, format, minLength, enum: values, minimum }) => {
    const text = format === 'uri' ? 'https://pictures.example/a.png' : 'x'.repeat(Math.max(minLength ?? 0, 1))
    return [name, values?.[0] ?? minimum ?? text]
  })
  return normalizeInput(model, Object.fromEntries(raw), { checkUrl: () => null })
}

for (const { name, text } of FILES) {
  const { model } = readModelFile(new ModelDocument(name, text))
  assert.ok(model, `${name} is no model`)

  test(`${name} is named after its slug, and says where and when its facts were read and what its price rests on`, () => {
    assert.equal(name, `${model.slug.replaceAll('/', '-')}.yaml`)
    if (isOurs(model)) return
    const [, readOn = ''] = /^# Read on (\d{4}-\d\d-\d\d): \S/m.exec(text) ?? []
    assert.ok(Date.parse(readOn) >= Date.parse('2026-11-01'), 'it has a line "# Read on <date>: <where>"')
    assert.match(text, /^# Price: yours to set \(README\.md, "Changing one of ours"\)/m)
  })

  test(`${name}: every input it accepts has a sane price and a route, and every route can word it`, async () => {
    const check = fc.asyncProperty(arbitraryInput(model), async (raw) => {
      const input = normalizeInput(model, raw, { checkUrl: () => null })
      const { credits } = priceOf(model, input)
      assert.ok(credits >= 1 && credits <= DEAREST_CREDITS, `${credits} credits`)
      const routes = model.routes.filter((route) => findUnmet(route, input) === null)
      assert.ok(routes.length > 0, 'no route takes it')
      for (const route of routes) {
        const worded = await mapInput(route.input, input)
        for (const field of Object.keys(route.input?.set ?? {})) assert.ok(field in worded, field)
        for (const field of Object.keys(route.input?.compute ?? {})) {
          assert.ok(field in worded || (model.parameters.has(field) && !(field in input)), `${field} came to nothing`)
        }
      }
    })
    await fc.assert(check, { numRuns: 30 })
  })

  test(`${name}: its smallest input and its defaults have the price that its entry shows`, () => {
    const { credits } = priceOf(model, minimalInput(model))
    const shown = pricingOf(model).credits
    assert.ok(credits >= 1 && credits <= shown, `${credits} for the smallest input, ${shown} in the entry`)
    const isCountedByText = model.price.counts.some(({ param }) => model.parameters.get(param)?.type === 'string')
    if (!isCountedByText) assert.equal(credits, shown)
  })
}

test('the catalogue covers every kind of generation over every provider', () => {
  assert.ok(SHIPPED_MODELS.length >= 30, `${SHIPPED_MODELS.length} models`)
  const capabilities = new Set(SHIPPED_MODELS.flatMap((model) => model.capabilities))
  for (const kind of [
    ...['text-to-image', 'image-to-image', 'image-edit', 'upscale', 'background-removal'],
    ...['text-to-video', 'image-to-video', 'text-to-speech', 'text-to-music', 'text-to-audio'],
  ]) {
    assert.ok(capabilities.has(kind), kind)
  }
  const engines = new Set(SHIPPED_MODELS.flatMap(({ routes }) => routes.map(({ engine }) => engine)))
  for (const engine of ['local', 'fal', 'replicate', 'openai', 'google', 'bytedance', 'comfyui', 'sdapi']) {
    assert.ok(engines.has(engine), engine)
  }
})

test('sizes computed for OpenAI keep its rules: multiples of 16, at most 3840, 3:1 and 8,294,400 pixels', async () => {
  const model = SHIPPED_MODELS.find(({ slug }) => slug === 'gpt-image-2')
  assert.ok(model)
  for (const aspect_ratio of model.parameters.get('aspect_ratio')?.enum ?? []) {
    for (const resolution of ['1K', '2K', '4K']) {
      const raw = { prompt: 'a', aspect_ratio, resolution }
      const input = normalizeInput(model, raw, { checkUrl: () => null })
      const worded: NormalizedInput[] = await Promise.all(model.routes.map((route) => mapInput(route.input, input)))
      const [openai, fal] = worded
      const [width = 0, height = 0] = String(openai?.size).split('x').map(Number)
      assert.deepEqual(fal?.image_size, { width, height })
      assert.ok(width % 16 === 0 && height % 16 === 0 && Math.max(width, height) <= 3840, `${width}x${height}`)
      assert.ok(Math.max(width / height, height / width) <= 3)
      assert.ok(width * height >= 655_360 && width * height <= 8_294_400, `${width * height} pixels`)
    }
  }
})

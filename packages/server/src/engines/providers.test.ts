import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MODELS_FOLDER } from '../catalogue/folders.ts'
import { loadCatalogue } from '../catalogue/load-catalogue.ts'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp } from '../testing/test-app.ts'
import { PROVIDERS } from './providers.ts'

/** Routes to what a provider has shut down itself: offered only where another server speaks its wire. */
const SHUT_DOWN: ReadonlySet<string> = new Set(['openai sora-2', 'openai sora-2-pro'])
const isShutDown = (engine: string, model: unknown) =>
  SHUT_DOWN.has(`${engine} ${model}`) || /^(imagen|veo)-/.test(String(model))

const MODELS = loadCatalogue([MODELS_FOLDER]).list({})
const SQLITE = DATABASES.filter(({ name }) => name === 'SQLite')

/** The slugs that live keys see with these settings. */
async function offeredWith(environment: Record<string, string>): Promise<string[]> {
  const [kind] = SQLITE
  assert.ok(kind)
  const test = await createTestApp(kind, { environment })
  try {
    const { body } = await test.call('GET', '/v1/models')
    return body.data.map(({ slug }: { slug: string }) => slug)
  } finally {
    await test.close()
  }
}

describe('the providers', async () => {
  const builtIn = await offeredWith({})

  it('are not needed by what is built in', () => {
    assert.deepEqual(builtIn.toSorted(), ['canvas-1', 'motion-1', 'tone-1'])
  })

  for (const { name, credentialVariable, baseUrlVariable, baseUrl } of PROVIDERS) {
    it(`${name} offers its models, and no others, by its variable alone`, async () => {
      const variable = baseUrl === null ? baseUrlVariable : credentialVariable
      const ours = (canShutDown: boolean) =>
        MODELS.filter(({ routes }) =>
          routes.some(
            ({ engine, settings }) => engine === name && (canShutDown || !isShutDown(engine, settings.model)),
          ),
        ).map(({ slug }) => slug)
      const offered = await offeredWith({ [variable]: baseUrl === null ? 'http://127.0.0.1:9' : 'secret' })
      assert.deepEqual(offered.toSorted(), [...builtIn, ...ours(false)].toSorted())
      assert.ok(offered.length > builtIn.length)
      if (baseUrl === null) return
      // The variable of the base URL reaches the engine: another server than the provider's own may still speak all of it.
      const elsewhere = await offeredWith({ [variable]: 'secret', [baseUrlVariable]: 'http://127.0.0.1:9' })
      assert.deepEqual(elsewhere.toSorted(), [...builtIn, ...ours(true)].toSorted())
    })
  }
})

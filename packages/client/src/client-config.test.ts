import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { Clipia, createClient } from './index.ts'
import { json, scriptedFetch } from './testing/scripted-fetch.ts'

// biome-ignore lint/style/noProcessEnv: what is tested is where the environment enters
const variables = process.env
let before: [string | undefined, string | undefined] = [undefined, undefined]
beforeEach(() => {
  before = [variables.CLIPIA_KEY, variables.CLIPIA_BASE_URL]
  delete variables.CLIPIA_KEY
  delete variables.CLIPIA_BASE_URL
})
afterEach(() => {
  for (const [index, name] of (['CLIPIA_KEY', 'CLIPIA_BASE_URL'] as const).entries()) {
    if (before[index] === undefined) delete variables[name]
    else variables[name] = before[index]
  }
})

async function sentBy(make: (fetch: typeof globalThis.fetch) => Clipia): Promise<[string, string | null]> {
  const { fetch, sent } = scriptedFetch(json({}))
  await make(fetch).account.get()
  return [sent[0]?.url ?? '', sent[0]?.headers.get('authorization') ?? null]
}

test('key and base URL come from the environment, and options win over it', async () => {
  const hosted = 'https://api.clipia.ai/v1/account'
  assert.deepEqual(await sentBy((fetch) => createClient({ apiKey: 'given', fetch })), [hosted, 'Bearer given'])
  variables.CLIPIA_KEY = ' from-environment\n'
  variables.CLIPIA_BASE_URL = 'http://localhost:3000/'
  const local = 'http://localhost:3000/v1/account'
  assert.deepEqual(await sentBy((fetch) => new Clipia({ fetch })), [local, 'Bearer from-environment'])
  const given = { apiKey: 'given', baseUrl: 'https://example.com/clipia' }
  const own = 'https://example.com/clipia/v1/account'
  assert.deepEqual(await sentBy((fetch) => new Clipia({ ...given, fetch })), [own, 'Bearer given'])
})

test('what cannot work is refused when the client is made, by name, and the key is not repeated', () => {
  assert.throws(() => createClient(), { name: 'TypeError', message: /CLIPIA_KEY/ })
  assert.throws(() => createClient({ apiKey: '' }), /apiKey/)
  assert.throws(
    () => createClient({ apiKey: 'secret\nvalue' }),
    (error: Error) => /apiKey/.test(error.message) && !/secret/.test(error.message),
  )
  assert.throws(() => createClient({ apiKey: 'k', baseUrl: 'http://example.com' }), /baseUrl/)
  assert.throws(() => createClient({ apiKey: 'k', timeoutMs: 0 }), /timeoutMs/)
  assert.throws(() => createClient({ apiKey: 'k', maxRetries: -1 }), /maxRetries/)
  assert.throws(() => createClient({ apiKey: 'k', maxRetries: 1.5 }), /maxRetries/)
})

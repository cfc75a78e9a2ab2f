import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertError, generate, modelPath, submit } from './testing/api.ts'
import { createAccount } from './testing/create-account.ts'
import { startClipia } from './testing/start-clipia.ts'

const PROMPT = 'a prompt nobody but its author should read'

/** Every file below a folder with its bytes. */
function filesOf(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }))
}

test('no key is in the output of the server or in any of its files, whatever it went through', async () => {
  const clipia = await startClipia({ environment: { CLIPIA_LOG_LEVEL: 'debug' } })
  const other = await createAccount(clipia, 1)
  const keys = [clipia.liveKey, clipia.testKey, other.key]

  await generate(clipia.live, 'canvas-1', { prompt: PROMPT })
  await submit(clipia.test, 'canvas-1', { prompt: PROMPT })
  const post = (body: unknown) => clipia.live.post(modelPath('canvas-1'), body, { 'idempotency-key': clipia.liveKey })
  assertError(await post({ input: { prompt: PROMPT, [clipia.liveKey]: 1 } }), 422, 'model_input_invalid')
  assertError(await clipia.live.get(`/v1/models/${clipia.liveKey}`), 404, 'not_found')
  assertError(await clipia.live.get(`/${clipia.liveKey}?key=${clipia.liveKey}`), 404, 'not_found')
  assertError(await clipia.live.call('/v1/models/%zz', { method: 'POST', body: '{' }), 400, 'invalid_request')
  await clipia.adminJson('keys', 'revoke', '--key', other.keyId)
  assertError(await other.api.get('/v1/account'), 401, 'invalid_api_key')
  const { stdout, stderr } = await clipia.admin('keys', 'list')

  const running = filesOf(clipia.dataDir)
  assert.equal(await clipia.stop(), 0)
  const written = [clipia.stdout(), clipia.logs(), stdout, stderr].join('\n')
  const stopped = filesOf(clipia.dataDir)
  assert.ok(
    running.some(({ path }) => path.endsWith('clipia.db-wal')),
    'the write-ahead log was looked into',
  )
  for (const key of keys) {
    // The mode and a short prefix may be shown; the secret part may not.
    const secret = key.slice('clipia_live_'.length + 6)
    assert.ok(!written.includes(secret), 'a key was printed')
    for (const { path, bytes } of [...running, ...stopped]) {
      if (path.endsWith('first-start.txt')) continue
      assert.ok(!bytes.includes(secret), `a key is in ${path}`)
    }
  }
  const secretKey = readFileSync(join(clipia.dataDir, 'secret.key'), 'utf8').trim()
  for (const { path, bytes } of stopped) {
    if (!path.endsWith('secret.key')) assert.ok(!bytes.includes(secretKey), `the secret key is in ${path}`)
  }
  assert.ok(!written.includes(secretKey), 'the secret key was printed')
  assert.ok(!written.includes(PROMPT), 'an input was logged')
})

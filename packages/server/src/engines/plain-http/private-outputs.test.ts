import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp } from '../../testing/test-app.ts'
import { answer, startDecidingServer } from '../testing/scripted-server.ts'

const PNG = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#335577' } })
  .png()
  .toBuffer()

// JSON is YAML.
const MODEL = JSON.stringify({
  slug: 'shed-1',
  type: 'image',
  name: 'Shed 1',
  capabilities: ['text-to-image'],
  routes: [{ engine: 'http' }],
  run_limit_seconds: 600,
  parameters: { prompt: { type: 'string', required: true, max_length: 100 } },
  price: { base: 3 },
})

/** A store of what was made at another private address than the rendering server. */
async function startStore() {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.end(PNG)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve))
  const url = `http://127.0.0.2:${(server.address() as AddressInfo).port}/made.png`
  return { url, requests, [Symbol.dispose]: () => void server.close().closeAllConnections() }
}

for (const kind of DATABASES) {
  describe(`media at a private address that is not the engine's own, on ${kind.name}`, () => {
    for (const allowed of [false, true]) {
      it(allowed ? 'are brought home where the operator allows it' : 'are never dialled, and refunded', async () => {
        using store = await startStore()
        const folder = mkdtempSync(join(tmpdir(), 'clipia-shed-'))
        writeFileSync(join(folder, 'shed-1.yaml'), MODEL)
        const done = { job: 'j-1', state: 'finished', media: [{ url: store.url }] }
        await using renderer = await startDecidingServer(() => answer(200, done))
        const test = await createTestApp(kind, {
          environment: {
            CLIPIA_MODELS_DIR: folder,
            CLIPIA_HTTP_ENGINE_URL: renderer.url,
            ...(allowed && { CLIPIA_FETCH_ALLOW_PRIVATE: '127.0.0.2' }),
          },
        })
        const { body } = await test.submit('shed-1', { prompt: 'a fox' })
        await test.work()
        const ask = async () => (await test.call('GET', `/v1/requests/${body.request_id}`)).body
        if (allowed) assert.equal((await ask()).status, 'COMPLETED')
        else {
          test.clock.advance(600_000)
          await test.work()
          await test.app.duties.find(({ name }) => name === 'end-overdue')?.run()
          const { status, error, charged } = await ask()
          assert.deepEqual([status, error.code, charged], ['FAILED', 'TIMED_OUT', 0])
          assert.doesNotMatch(error.message, /127/)
        }
        assert.equal(store.requests.length, allowed ? 1 : 0)
        assert.deepEqual(await test.audit(), [])
        await test.close()
        rmSync(folder, { recursive: true })
      })
    }
  })
}

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type EmulatedProvider, startEmulatedProvider } from '../testing/emulated-provider.ts'
import { answer, hangUp } from '../testing/scripted-server.ts'
import { ACME_FILE } from './testing/acme-file.ts'
import { acmeWire } from './testing/acme-wire.ts'

const MODEL = `slug: acme-1
type: image
name: Acme 1
capabilities: [text-to-image]
routes:
  - engine: acme
    settings: { model: painter/v2 }
parameters:
  prompt: { type: string, required: true, max_length: 100 }
price: { base: 3 }
`
/** It cannot find a job by our id, but knows our key. */
const withoutFind = ACME_FILE.replace(/^find:\n(?: .*\n)+/m, '')
const PNG = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#335577' } })
  .png()
  .toBuffer()

for (const kind of DATABASES) {
  describe(`a request on the engine of a file, on ${kind.name}`, () => {
    let folder: string
    let acme: EmulatedProvider
    let test: TestApp
    const open = (environment: Record<string, string>) =>
      createTestApp(kind, {
        environment: { CLIPIA_MODELS_DIR: folder, CLIPIA_ENGINES_DIR: `${folder}-engines`, ...environment },
      })
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'clipia-acme-'))
      mkdirSync(`${folder}-engines`)
      writeFileSync(join(folder, 'acme.yaml'), MODEL)
      writeFileSync(join(`${folder}-engines`, 'acme.yaml'), withoutFind)
      const wire = acmeWire()
      acme = await startEmulatedProvider({
        ...wire,
        operationOf: (received) => (received.target === '/made.png' ? 'other' : wire.operationOf(received)),
      })
      test = await open({ ACME_API_KEY: 'secret', ACME_BASE_URL: acme.url })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
      await acme[Symbol.asyncDispose]()
      for (const path of [folder, `${folder}-engines`]) rmSync(path, { recursive: true })
    })

    it('is rendered there and brought home, with no code of ours for that provider', async () => {
      const { body } = await test.submit('acme-1', { prompt: 'a fox' })
      await test.work()
      acme.misbehave.set(
        'check',
        answer(200, { job: { state: 'done', files: [{ href: `${acme.url}/made.png` }], cost: 1 } }),
      )
      acme.misbehave.set('other', (response) => void response.writeHead(200).end(PNG))
      test.clock.advance(1_000)
      await test.work()
      const { body: result } = await test.call('GET', `/v1/requests/${body.request_id}`)
      assert.deepEqual([result.status, result.output.images[0].width], ['COMPLETED', 8])
      const usage = await test.database.read<{ engine: string; unit: string }>(
        'SELECT engine, unit FROM upstream_usage',
      )
      assert.deepEqual({ ...usage[0] }, { engine: 'acme', unit: 'usd' })
    })

    it('is started again with the same key after an answer that was lost', async () => {
      acme.misbehave.set('submit', hangUp)
      const { body } = await test.submit('acme-1', { prompt: 'a fox' })
      await test.work()
      acme.misbehave.delete('submit')
      test.clock.advance(30_000)
      await test.work()
      const keys = acme.calls
        .filter(({ operation }) => operation === 'submit')
        .map(({ headers }) => headers['idempotency-key'])
      assert.deepEqual(keys, [body.request_id, body.request_id])
      assert.equal((await test.call('GET', `/v1/requests/${body.request_id}/status`)).body.status, 'IN_PROGRESS')
    })

    it('is not offered without the credential that the file names', async () => {
      await test.close()
      test = await open({})
      assert.equal((await test.call('GET', '/v1/models/acme-1')).status, 404)
    })
  })
}

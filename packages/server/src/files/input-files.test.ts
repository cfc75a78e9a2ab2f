import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Job } from '../engines/engine.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { makeJpeg, makePng } from '../testing/pictures.ts'
import type { TestAnswer } from '../testing/test-app.ts'
import { upload } from '../testing/upload.ts'

const HOUR = 3_600_000
const codeOf = ({ status, body }: TestAnswer) => `${status} ${body.error?.code} ${body.error?.param ?? ''}`.trim()

for (const kind of DATABASES) {
  describe(`inputs that lie here on ${kind.name}`, () => {
    let test: Machine
    let png: Buffer
    let jobs: Job[]
    beforeEach(async () => {
      test = await createMachine(kind, {}, { CLIPIA_FILE_QUOTA_MB: '1' })
      png = await makePng(30, 20)
      jobs = []
      test.engine.onStart = async (job) => {
        jobs.push(job)
        return { ticket: 't' }
      }
    })
    afterEach(() => test.auditAndClose())

    const uploadPng = async () => (await upload(test, png)).body as { file_id: string; url: string; expires_at: string }
    const submit = (input: object, options = {}) => test.submit('picture-1', input, options)
    const serve = (url: string) => test.call('GET', new URL(url).pathname, { key: null })

    it('are taken by their URL, however it is spelled', async () => {
      const { url } = await uploadPng()
      for (const spelled of [url, `${url}?x=1#y`, url.replace('clipia.test', 'CLIPIA.test:80')]) {
        const { status, body } = await submit({ image_url: spelled })
        assert.equal(status, 200, JSON.stringify(body))
      }
      assert.equal((await submit({ image_url: 'http://clipia.test/media/samples/image.png' })).status, 200)
    })

    it('are refused at estimate and submit when they stand for nothing, naming the field', async () => {
      const { url, file_id } = await uploadPng()
      await test.call('DELETE', `/v1/files/${file_id}`)
      const cases: [object, string][] = [
        [{ image_url: url }, 'image_url'],
        [{ image_urls: ['https://example.com/a.png', url] }, 'image_urls[1]'],
        [{ image_url: 'http://clipia.test/media/../media/samples/none.png' }, 'image_url'],
      ]
      for (const [input, param] of cases) {
        assert.equal(codeOf(await submit(input)), `422 model_input_invalid ${param}`)
        const estimate = await test.call('POST', '/v1/models/picture-1/estimate', { body: { input } })
        assert.equal(codeOf(estimate), `422 model_input_invalid ${param}`)
      }
    })

    it('outlive their time while a request needs them, and no longer', async () => {
      const { url, file_id, expires_at } = await uploadPng()
      test.clock.advance(23 * HOUR)
      const { body } = await submit({ image_url: url })
      const kept = (await test.call('GET', `/v1/files/${file_id}`)).body
      assert.ok(kept.expires_at > expires_at)
      test.clock.advance(23 * HOUR)
      await test.runDuty('expire-uploads')
      await test.runDuty('discard-unused')
      assert.deepEqual((await serve(url)).body, png)
      await test.call('POST', `/v1/requests/${body.request_id}/cancel`)
      test.clock.advance(3 * HOUR)
      await test.runDuty('expire-uploads')
      assert.equal((await serve(url)).status, 404)
    })

    it('cannot be deleted while a request needs them', async () => {
      const { url, file_id } = await uploadPng()
      const { body } = await submit({ image_url: url })
      assert.equal(codeOf(await test.call('DELETE', `/v1/files/${file_id}`)), '409 file_in_use')
      await test.call('POST', `/v1/requests/${body.request_id}/cancel`)
      assert.equal((await test.call('DELETE', `/v1/files/${file_id}`)).status, 204)
    })

    it('never vanish under a request whose submit was accepted, when a deletion comes at the same moment', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { url, file_id } = await uploadPng()
        const [submitted, deleted] = await Promise.all([
          submit({ image_url: url }),
          test.call('DELETE', `/v1/files/${file_id}`),
        ])
        const uses = await test.database.read('SELECT name FROM input_uses WHERE request_id = $1', [
          submitted.body.request_id ?? '',
        ])
        // Noted as used means there.
        assert.equal(uses.length > 0, submitted.status === 200 && (await serve(url)).status === 200)
        assert.ok(deleted.status === 204 || uses.length === 1)
      }
    })

    it('that come as data: URLs are kept as files, so that a request stays small', async () => {
      const jpeg = await makeJpeg(50, 50)
      const dataUrl = `data:image/png;base64,${jpeg.toString('base64')}`
      const key = 'adopted-once'
      const input = { image_url: dataUrl, image_urls: [dataUrl, 'https://example.com/a.png'] }
      const first = await submit(input, { headers: { 'idempotency-key': key } })
      assert.equal(first.status, 200, JSON.stringify(first.body))
      const again = await submit(input, { headers: { 'idempotency-key': key } })
      assert.equal(again.body.request_id, first.body.request_id)
      await test.work()
      const [job] = jobs
      assert.ok(job)
      const [url] = job.input.image_urls as string[]
      assert.match(String(url), /^http:\/\/clipia\.test\/media\/[0-9a-f]{32}\.jpg$/)
      assert.deepEqual(job.input, { prompt: '', image_url: url, image_urls: [url, 'https://example.com/a.png'] })
      assert.deepEqual((await serve(String(url))).body, jpeg)
      const { data } = (await test.call('GET', '/v1/files')).body
      assert.deepEqual(
        data.map(({ file_name, size_bytes }: Record<string, unknown>) => [file_name, size_bytes]),
        [[null, jpeg.length]],
      )
    })

    it('that come as data: URLs work in the sandbox and count against the quota like any file', async () => {
      const dataUrl = `data:;base64,${Buffer.concat([png, Buffer.alloc(700_000)]).toString('base64')}`
      const sandbox = await submit({ image_url: dataUrl }, { key: test.testKey })
      assert.equal(sandbox.body.status, 'COMPLETED')
      const refused = await submit({ image_url: dataUrl })
      assert.equal(codeOf(refused), '413 quota_exceeded')
      assert.deepEqual(await test.balance(), { credits: 100, reserved: 0 })
      assert.deepEqual((await test.call('GET', '/v1/files')).body.data, [])
    })

    it('that are data: URLs of anything else are refused, naming the field', async () => {
      for (const url of ['data:,x', `data:image/svg+xml;base64,${btoa('<svg/>')}`, 'data:image/png;base64,!']) {
        assert.equal(codeOf(await submit({ image_urls: [url] })), '422 model_input_invalid image_urls[0]')
      }
    })
  })
}

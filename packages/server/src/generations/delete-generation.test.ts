import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { finishWithPicture } from '../testing/finish-with-picture.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { makePng } from '../testing/pictures.ts'
import type { TestAnswer } from '../testing/test-app.ts'
import { upload } from '../testing/upload.ts'

const DAY = 24 * 3_600_000
const codeOf = ({ status, body }: TestAnswer) => `${status} ${body.error?.code}`

for (const kind of DATABASES) {
  describe(`deleting a request on ${kind.name}`, () => {
    let test: Machine
    let png: Buffer
    beforeEach(async () => {
      test = await createMachine(kind, {}, { CLIPIA_RETENTION_DAYS: '30' })
      png = await makePng(30, 20)
    })
    afterEach(() => test.auditAndClose())

    const uploadUrl = async () => (await upload(test, png)).body.url as string
    const serve = async (url: string) => (await test.call('GET', new URL(url).pathname, { key: null })).status
    const remove = (id: string, options = {}) => test.call('DELETE', `/v1/requests/${id}`, options)

    async function submitPicture(input: object): Promise<string> {
      const body = { input: { prompt: 'my secret', ...input }, webhook_url: 'https://example.com/hook' }
      const submitted = await test.call('POST', '/v1/models/picture-1', { body })
      assert.equal(submitted.status, 200, JSON.stringify(submitted.body))
      return submitted.body.request_id
    }

    async function makePicture(input: object): Promise<{ id: string; url: string; originalUrl: string }> {
      const id = await submitPicture(input)
      await finishWithPicture(test, png)
      const { images } = (await test.result(id)).output
      return { id, url: images[0].url, originalUrl: images[0].original_url }
    }

    it('takes its input, its media and its uploads away at once, and leaves its place in the books', async () => {
      const input = await uploadUrl()
      const { id, url, originalUrl } = await makePicture({ image_url: input })
      for (const address of [input, url, originalUrl]) assert.equal(await serve(address), 200)
      const before = await test.result(id)
      const ledger = await test.database.read('SELECT * FROM ledger_entries')
      assert.equal((await remove(id)).status, 204)
      for (const address of [input, url, originalUrl]) assert.equal(await serve(address), 404)
      const after = await test.result(id)
      assert.deepEqual(after, { ...before, output: {}, deleted_at: new Date(test.clock.now()).toISOString() })
      assert.deepEqual(await test.database.read('SELECT * FROM ledger_entries'), ledger)
      const [row] = await test.database.read('SELECT input, output, job FROM requests')
      assert.doesNotMatch(JSON.stringify(row), /my secret|media\/|\.webp/)
      assert.equal((await test.status(id)).status, 'COMPLETED')
      assert.equal((await remove(id)).status, 204)
      assert.deepEqual(await test.result(id), after)
    })

    it('waits until it is over', async () => {
      const id = await submitPicture({})
      assert.equal(codeOf(await remove(id)), '409 not_deletable')
      await test.work()
      assert.equal(codeOf(await remove(id)), '409 not_deletable')
      await finishWithPicture(test, png)
      assert.equal((await remove(id)).status, 204)
    })

    it('is for the account, the mode and the scope it belongs to', async () => {
      const { id, url } = await makePicture({})
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      const reader = await test.makeKey({ mode: 'live', scopes: ['read'] })
      assert.equal(codeOf(await remove(id, { key: stranger })), '404 not_found')
      assert.equal(codeOf(await remove(id, { key: test.testKey })), '404 not_found')
      assert.equal(codeOf(await remove(id, { key: reader })), '403 insufficient_scope')
      assert.equal(codeOf(await remove(id, { key: null })), '401 invalid_api_key')
      assert.equal(codeOf(await remove('x')), '404 not_found')
      assert.equal(await serve(url), 200)
    })

    it('leaves an upload to the other requests that were given it', async () => {
      const input = await uploadUrl()
      const [first, second] = [await makePicture({ image_url: input }), await makePicture({ image_urls: [input] })]
      await remove(first.id)
      assert.equal(await serve(input), 200)
      await remove(second.id)
      assert.equal(await serve(input), 404)
    })

    it('keeps the code of a failure, not what its message may tell', async () => {
      test.engine.onStart = async () => ({
        state: 'failed',
        code: 'CONTENT_REJECTED',
        message: 'about: my secret',
        isCharged: false,
      })
      const id = await submitPicture({})
      await test.work()
      await remove(id)
      const { error, charged } = await test.result(id)
      assert.deepEqual(
        { error, charged },
        {
          error: { code: 'CONTENT_REJECTED', message: 'The details were deleted.' },
          charged: 0,
        },
      )
    })

    it('works in the sandbox', async () => {
      const { body } = await test.submit('picture-1', { prompt: 'my secret' }, { key: test.testKey })
      const call = { key: test.testKey }
      assert.equal((await remove(body.request_id, call)).status, 204)
      assert.deepEqual((await test.call('GET', `/v1/requests/${body.request_id}`, call)).body.output, {})
    })

    it('frees the bytes a day later, unless another request made the same', async () => {
      const [first, second] = [await makePicture({}), await makePicture({})]
      await remove(first.id)
      test.clock.advance(DAY)
      await test.runDuty('discard-unused')
      assert.equal(await serve(second.url), 200)
      await remove(second.id)
      test.clock.advance(DAY)
      await test.runDuty('discard-unused')
      assert.deepEqual(await test.database.read('SELECT blob FROM blobs'), [])
    })

    it('is done by the operator’s retention when its days are over', async () => {
      const { id, url } = await makePicture({})
      test.clock.advance(30 * DAY - 1_000)
      await test.runDuty('apply-retention')
      assert.equal(await serve(url), 200)
      test.clock.advance(1_000)
      const user = await submitPicture({ image_url: url })
      await test.runDuty('apply-retention')
      assert.equal(await serve(url), 200)
      await test.call('POST', `/v1/requests/${user}/cancel`)
      await test.work()
      await finishWithPicture(test, png)
      await test.runDuty('apply-retention')
      assert.equal(await serve(url), 404)
      assert.ok((await test.result(id)).deleted_at)
      assert.equal((await test.result(user)).deleted_at, undefined)
    })
  })
}

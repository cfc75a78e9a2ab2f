import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { STALE_AFTER_MS } from './local-renders.ts'

const STILL = { prompt: 'Quiet', seed: 7 }

for (const kind of DATABASES) {
  describe(`the built-in engine on ${kind.name}`, () => {
    let test: TestApp
    beforeEach(async () => {
      test = await createTestApp(kind, { environment: { CLIPIA_FETCH_ALLOW_PRIVATE: '127.0.0.1' } })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [], 'the audit is clean')
      await test.close()
    })

    /** Works until the request is over: renders take real time, so the clock moves along with it. */
    const finish = async (id: string) => {
      for (;;) {
        await test.work()
        const answer = await test.call('GET', `/v1/requests/${id}`)
        if (answer.status === 200) return answer.body
        test.clock.advance(500)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    const submit = async (model: string, input: object) => (await test.submit(model, input)).body.request_id
    const media = async (url: string) => test.call('GET', new URL(url).pathname, { key: null })

    it('renders pictures of the size that was asked for, served as what they are', async () => {
      const result = await finish(await submit('canvas-1', { ...STILL, aspect_ratio: '16:9', num_images: 2 }))
      assert.equal(result.status, 'COMPLETED')
      assert.equal(result.seed, 7)
      assert.equal(result.output.images.length, 2)
      const [first, second] = result.output.images
      assert.deepEqual([first.width, first.height], [1024, 576])
      const png = await media(first.original_url)
      assert.equal(png.headers['content-type'], 'image/png')
      assert.equal(png.headers['x-content-type-options'], 'nosniff')
      assert.equal(png.headers['content-security-policy'], "sandbox; default-src 'none'")
      assert.equal(png.body.subarray(1, 4).toString(), 'PNG')
      assert.deepEqual([png.body.readUInt32BE(16), png.body.readUInt32BE(20)], [1024, 576])
      const webp = await media(first.url)
      assert.equal(webp.headers['content-type'], 'image/webp')
      assert.equal(webp.body.subarray(8, 12).toString(), 'WEBP')
      assert.notDeepEqual((await media(second.original_url)).body, png.body)
    })

    it('gives the same bytes under different names for the same seed', async () => {
      const one = (await finish(await submit('canvas-1', STILL))).output.images[0]
      const two = (await finish(await submit('canvas-1', STILL))).output.images[0]
      assert.notEqual(one.original_url, two.original_url)
      assert.deepEqual((await media(one.original_url)).body, (await media(two.original_url)).body)
    })

    it('films a picture of ours from the store and serves ranges of the video', async () => {
      const { output } = await finish(await submit('canvas-1', STILL))
      const input = { image_url: output.images[0].original_url, duration: 2, resolution: '480p', aspect_ratio: '1:1' }
      const { video } = (await finish(await submit('motion-1', input))).output
      assert.deepEqual([video.width, video.height, video.duration], [480, 480, 2])
      const path = new URL(video.url).pathname
      const part = await test.call('GET', path, { key: null, headers: { range: 'bytes=4-7' } })
      assert.equal(part.status, 206)
      assert.equal(part.headers['content-type'], 'video/mp4')
      assert.equal(part.body.toString(), 'ftyp')
    })

    it('films the sample of the sandbox, which is ours too', async () => {
      const input = { image_url: 'http://clipia.test/media/samples/image.png', duration: 2, resolution: '480p' }
      assert.equal((await finish(await submit('motion-1', input))).status, 'COMPLETED')
    })

    it('fails, refunded, on a picture that cannot be fetched or decoded', async () => {
      const server = createServer((request, response) => {
        if (request.url === '/missing') response.writeHead(404).end()
        else response.end('<html>no picture</html>')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      for (const path of ['/missing', '/page']) {
        const result = await finish(await submit('motion-1', { image_url: `${origin}${path}`, duration: 2 }))
        assert.equal(result.error.code, 'INPUT_UNREACHABLE', JSON.stringify(result.error))
        assert.equal(result.charged, 0)
        assert.ok(!result.error.message.includes(test.dataDir))
      }
      server.closeAllConnections()
      server.close()
    })

    it('renders anew on another node what the first one left behind', async () => {
      const id = await submit('canvas-1', STILL)
      await test.app.worker.claim()
      await test.app.worker.idle()
      await test.database.write(`UPDATE local_renders SET node = 'gone', outcome = NULL, heartbeat_at = $1`, [
        test.clock.now() - STALE_AFTER_MS - 1,
      ])
      const result = await finish(id)
      assert.equal(result.status, 'COMPLETED')
    })

    it('stops a render whose cancel is wanted', async () => {
      const id = await submit('motion-1', { prompt: 'Slow', duration: 8, resolution: '1080p' })
      await test.app.worker.claim()
      await test.app.worker.idle()
      const canceled = await test.call('POST', `/v1/requests/${id}/cancel`)
      assert.equal(canceled.status, 202)
      const result = await finish(id)
      assert.deepEqual([result.status, result.charged], ['CANCELED', 0])
    })

    it('plays music that is served as sound, with its length', async () => {
      const { output, status } = await finish(await submit('tone-1', { prompt: 'A quiet river', duration: 3, seed: 1 }))
      assert.equal(status, 'COMPLETED')
      assert.equal(output.audio.duration, 3)
      const sound = await media(output.audio.url)
      assert.equal(sound.headers['content-type'], 'audio/wav')
      assert.equal(sound.body.subarray(8, 12).toString(), 'WAVE')
      assert.equal(sound.body.length, 44 + 3 * 48_000 * 4)
    })

    it('draws a given picture anew and films several that fade into each other', async () => {
      const [first, second] = (await finish(await submit('canvas-1', { ...STILL, num_images: 2 }))).output.images
      const again = { ...STILL, image_url: first.original_url, style: 'glass', mode: 'restyle', title: '' }
      const { images } = (await finish(await submit('canvas-1', again))).output
      assert.equal(images.length, 1)
      assert.notDeepEqual((await media(images[0].original_url)).body, (await media(first.original_url)).body)
      const input = { image_urls: [first.original_url, second.original_url], duration: 2, resolution: '480p', fps: 30 }
      const { video } = (await finish(await submit('motion-1', { ...input, move: 'parallax', sound: true }))).output
      assert.deepEqual([video.width, video.height, video.duration], [854, 480, 2])
    })

    it('leaves nothing of a canceled render behind and has its place free at once', async () => {
      const id = await submit('motion-1', { prompt: 'Slow', duration: 12, resolution: '1080p', style: 'riso' })
      await test.app.worker.claim()
      await test.app.worker.idle()
      const engine = test.app.services.engines.get('local')
      assert.ok(engine)
      const free = engine.freeSlots()
      assert.equal((await test.call('POST', `/v1/requests/${id}/cancel`)).status, 202)
      assert.equal((await finish(id)).status, 'CANCELED')
      while (engine.freeSlots() <= free) await new Promise((resolve) => setTimeout(resolve, 10))
      assert.deepEqual(readdirSync(join(test.dataDir, 'media', 'work')), [])
    })

    it('serves no name that nobody was given', async () => {
      writeFileSync(join(test.dataDir, 'media', 'blobs', 'secret'), 'x')
      for (const name of ['secret', '..%2f..%2fclipia.db', `${'0'.repeat(32)}.png`, '%00', 'samples%2fsamples.json']) {
        const answer = await test.call('GET', `/media/${name}`, { key: null })
        assert.equal(answer.status, 404, name)
      }
      assert.equal((await test.call('GET', '/media/samples/samples.json', { key: null })).status, 404)
    })
  })
}

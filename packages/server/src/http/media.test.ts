import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { finishWithPicture } from '../testing/finish-with-picture.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { makePng } from '../testing/pictures.ts'
import { upload } from '../testing/upload.ts'

for (const kind of DATABASES) {
  describe(`media on ${kind.name}`, () => {
    let test: Machine
    let png: Buffer
    let outputPath: string
    let filePath: string
    before(async () => {
      test = await createMachine(kind)
      png = await makePng(64, 48)
      filePath = new URL((await upload(test, png)).body.url).pathname
      const { body } = await test.submit('picture-1', {})
      await finishWithPicture(test, png)
      outputPath = new URL((await test.result(body.request_id)).output.images[0].original_url).pathname
    })
    after(() => test.auditAndClose())

    const get = (path: string, headers: Record<string, string> = {}) => test.call('GET', path, { key: null, headers })

    it('are served as what they are and as nothing that could run', async () => {
      for (const path of [outputPath, filePath, '/media/samples/image.png']) {
        const { status, headers, body } = await get(path)
        assert.equal(status, 200)
        assert.equal(headers['content-type'], 'image/png')
        assert.equal(headers['x-content-type-options'], 'nosniff')
        assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'")
        assert.equal(headers['content-disposition'], `inline; filename="${path.split('/').at(-1)}"`)
        assert.equal(headers['accept-ranges'], 'bytes')
        assert.equal(headers['content-length'], String(body.length))
        assert.equal(headers['set-cookie'], undefined)
      }
    })

    it('keep their type when a web page hangs on their end', async () => {
      const polyglot = Buffer.concat([png, Buffer.from('<html><script>alert(1)</script></html>')])
      const { body } = await upload(test, polyglot)
      const served = await get(new URL(body.url).pathname)
      assert.equal(served.headers['content-type'], 'image/png')
      assert.equal(served.headers['content-security-policy'], "sandbox; default-src 'none'")
    })

    it('may be kept for ever when they are outputs, and until they expire when they are uploads', async () => {
      assert.equal((await get(outputPath)).headers['cache-control'], 'public, max-age=31536000, immutable')
      const caching = String((await get(filePath)).headers['cache-control'])
      assert.match(caching, /^private, max-age=\d+, immutable$/)
      assert.ok(Number(/\d+/.exec(caching)?.[0]) <= 86_400)
    })

    it('answer HEAD like GET without the bytes', async () => {
      for (const path of [outputPath, filePath]) {
        const answer = await test.app.http.inject({ method: 'HEAD', url: path })
        assert.equal(answer.statusCode, 200)
        assert.equal(answer.headers['content-length'], String((await get(path)).body.length))
        assert.equal(answer.rawPayload.length, 0)
      }
    })

    it('come in ranges', async () => {
      const whole = (await get(outputPath)).body as Buffer
      const ranges: [string, number, number][] = [
        ['bytes=0-9', 0, 10],
        ['bytes=10-', 10, whole.length],
        ['bytes=-5', whole.length - 5, whole.length],
        ['bytes=5-999999', 5, whole.length],
      ]
      for (const [range, start, end] of ranges) {
        const { status, headers, body } = await get(outputPath, { range })
        assert.equal(status, 206, range)
        assert.equal(headers['content-range'], `bytes ${start}-${end - 1}/${whole.length}`)
        assert.deepEqual(body, whole.subarray(start, end))
      }
      const beyond = await get(outputPath, { range: 'bytes=999999-' })
      assert.deepEqual([beyond.status, beyond.body.length], [416, 0])
      assert.equal(beyond.headers['content-range'], `bytes */${whole.length}`)
    })

    it('answer 304 to who has them, and resume only what has not changed', async () => {
      const { headers, body } = await get(outputPath)
      const etag = String(headers.etag)
      const current = await get(outputPath, { 'if-none-match': etag })
      assert.deepEqual([current.status, current.body.length], [304, 0])
      assert.equal((await get(outputPath, { 'if-none-match': '"other"' })).status, 200)
      assert.equal((await get(outputPath, { range: 'bytes=0-9', 'if-range': etag })).status, 206)
      const changed = await get(outputPath, { range: 'bytes=0-9', 'if-range': '"other"' })
      assert.deepEqual([changed.status, changed.body.length], [200, body.length])
    })
  })
}

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../testing/databases.ts'
import { makeJpeg, makePng, readSample } from '../testing/pictures.ts'
import { createTestApp, type TestAnswer, type TestApp } from '../testing/test-app.ts'
import { sendForm, upload } from '../testing/upload.ts'

const HOUR = 3_600_000
const codeOf = ({ status, body }: TestAnswer) => `${status} ${body.error?.code}`
const pathOf = (url: string) => new URL(url).pathname

for (const kind of DATABASES) {
  describe(`files on ${kind.name}`, () => {
    let test: TestApp
    let png: Buffer
    before(async () => {
      test = await createTestApp(kind, { environment: { CLIPIA_FILE_QUOTA_MB: '30' } })
      png = await makePng(60, 40)
    })
    after(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
    })

    const runDuty = (name: string) => test.app.duties.find((duty) => duty.name === name)?.run()
    const filesOnDisk = () =>
      ['blobs', 'work'].flatMap((folder) =>
        readdirSync(join(test.dataDir, 'media', folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name),
      )

    it('takes a picture and answers a URL that serves the same bytes', async () => {
      const { status, body, headers } = await upload(test, png)
      assert.equal(status, 200)
      const { file_id, url, ...rest } = body
      assert.match(file_id, /^[0-9a-f-]{36}$/)
      assert.match(url, /^http:\/\/clipia\.test\/media\/[0-9a-f]{32}\.png$/)
      assert.deepEqual(rest, {
        file_name: 'photo.png',
        content_type: 'image/png',
        size_bytes: png.length,
        width: 60,
        height: 40,
        mode: 'live',
        created_at: new Date(test.clock.now()).toISOString(),
        expires_at: new Date(test.clock.now() + 24 * HOUR).toISOString(),
      })
      assert.equal(headers['ratelimit-limit'], '100000')
      const served = await test.call('GET', pathOf(url), { key: null })
      assert.deepEqual(served.body, png)
      assert.equal(served.headers['content-type'], 'image/png')
      assert.deepEqual((await test.call('GET', `/v1/files/${file_id}`)).body, body)
      assert.deepEqual((await test.call('GET', '/v1/files')).body, { data: [body], next_cursor: null })
      assert.equal((await test.call('DELETE', `/v1/files/${file_id}`)).status, 204)
    })

    it('knows every kind by its bytes, whatever name and type the sender gives', async () => {
      const picture = sharp(png)
      const kinds: [Buffer, string, object][] = [
        [await picture.clone().webp().toBuffer(), 'image/webp', { width: 60, height: 40 }],
        [await picture.clone().gif().toBuffer(), 'image/gif', { width: 60, height: 40 }],
        [await picture.clone().avif().toBuffer(), 'image/avif', { width: 60, height: 40 }],
        [
          await picture.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
          'image/jpeg',
          { width: 40, height: 60 },
        ],
        [readSample('video.mp4'), 'video/mp4', { width: 1280, height: 720, duration: 3 }],
        [readSample('audio.wav'), 'audio/wav', { duration: 3 }],
      ]
      for (const [bytes, contentType, facts] of kinds) {
        const sent = { bytes, name: '../../<b>evil</b>.html\n', type: 'text/html' }
        const { status, body } = await sendForm(test, [['file', sent]])
        assert.equal(status, 200, contentType)
        assert.equal(body.content_type, contentType)
        const { width, height, duration } = body
        assert.deepEqual(JSON.parse(JSON.stringify({ width, height, duration })), facts)
        const served = await test.call('GET', pathOf(body.url), { key: null })
        assert.equal(served.headers['content-type'], contentType)
        assert.equal((await test.call('DELETE', `/v1/files/${body.file_id}`)).status, 204)
      }
    })

    it('refuses what is no picture, video or sound that can be decoded, and keeps nothing of it', async () => {
      const before = filesOnDisk()
      const jpeg = await makeJpeg(200, 200)
      const bomb = await sharp({ create: { width: 8000, height: 7000, channels: 3, background: '#000000' } })
        .png()
        .toBuffer()
      const files: [Buffer | string, RegExp][] = [
        ['', /is empty/],
        ['hello', /must be a PNG/],
        ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', /must be a PNG/],
        ['<!doctype html><script>alert(1)</script>', /must be a PNG/],
        ['GIF89a<script>alert(1)</script>', /cannot be decoded/],
        [jpeg.subarray(0, jpeg.length / 2), /cannot be decoded/],
        [png.subarray(0, 20), /cannot be decoded/],
        [bomb, /pixels/],
        [readSample('video.mp4').subarray(0, 1000), /cannot be decoded/],
        [Buffer.concat([Buffer.from('fff39000', 'hex'), Buffer.alloc(2000)]), /cannot be decoded/],
      ]
      for (const [bytes, reason] of files) {
        const answer = await upload(test, bytes)
        assert.equal(codeOf(answer), '400 invalid_request', String(bytes).slice(0, 40))
        assert.equal(answer.body.error.param, 'file')
        assert.match(answer.body.error.message, reason)
      }
      assert.deepEqual(filesOnDisk(), before)
      assert.deepEqual((await test.call('GET', '/v1/files')).body.data, [])
    })

    it('refuses a file over the bound of its kind', async () => {
      const answer = await upload(test, Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)]))
      assert.equal(codeOf(answer), '413 invalid_request')
      assert.match(answer.body.error.message, /image\/png may have at most 20 MB/)
    })

    it('names what is wrong with a form', async () => {
      const file = { bytes: png, name: 'a.png' }
      const forms: [Parameters<typeof sendForm>[1], string, RegExp][] = [
        [[], 'file', /file is required|malformed/],
        [[['file', 'just text']], 'file', /one file/],
        [[['image', file]], 'image', /unknown field image/],
        [
          [
            ['purpose', 'input'],
            ['file', file],
          ],
          'purpose',
          /unknown field purpose/,
        ],
        [
          [
            ['file', file],
            ['purpose', 'input'],
          ],
          'purpose',
          /unknown field purpose/,
        ],
        [
          [
            ['file', file],
            ['file', file],
          ],
          'file',
          /one file/,
        ],
      ]
      for (const [fields, param, reason] of forms) {
        const answer = await sendForm(test, fields)
        assert.equal(codeOf(answer), '400 invalid_request', JSON.stringify(answer.body))
        assert.equal(answer.body.error.param, param)
        assert.match(answer.body.error.message, reason)
      }
      const bodies: [string | undefined, string][] = [
        ['application/json', '{"url": "https://example.com/a.png"}'],
        ['image/png', 'x'],
        [undefined, 'x'],
        ['multipart/form-data', 'x'],
        ['multipart/form-data; boundary=b', 'x'],
        [
          'multipart/form-data; boundary=b',
          '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut',
        ],
      ]
      for (const [type, rawBody] of bodies) {
        const answer = await test.call('POST', '/v1/files', { rawBody, headers: type ? { 'content-type': type } : {} })
        assert.equal(codeOf(answer), '400 invalid_request', `${type} ${rawBody}`)
        assert.match(answer.body.error.message, /form/)
      }
      assert.deepEqual((await test.call('GET', '/v1/files')).body.data, [])
    })

    it('needs a key with the scope generate, and read for the list', async () => {
      assert.equal(codeOf(await upload(test, png, { key: null })), '401 invalid_api_key')
      const reader = await test.makeKey({ mode: 'live', scopes: ['read'] })
      const maker = await test.makeKey({ mode: 'live', scopes: ['generate'] })
      assert.equal(codeOf(await upload(test, png, { key: reader })), '403 insufficient_scope')
      const { body } = await upload(test, png, { key: maker })
      assert.equal(codeOf(await test.call('GET', '/v1/files', { key: maker })), '403 insufficient_scope')
      const path = `/v1/files/${body.file_id}`
      assert.equal((await test.call('GET', path, { key: reader })).status, 200)
      assert.equal(codeOf(await test.call('DELETE', path, { key: reader })), '403 insufficient_scope')
      assert.equal((await test.call('DELETE', path, { key: maker })).status, 204)
    })

    it('counts uploads in the bucket of writes', async () => {
      const key = await test.makeKey({ mode: 'test', requestsPerMinute: 1 })
      assert.equal((await upload(test, png, { key })).status, 200)
      assert.equal(codeOf(await upload(test, png, { key })), '429 rate_limit_exceeded')
    })

    it('hides files from other accounts and from keys of the other mode', async () => {
      const { body } = await upload(test, png)
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      for (const key of [stranger, test.testKey]) {
        for (const method of ['GET', 'DELETE'] as const) {
          assert.equal(codeOf(await test.call(method, `/v1/files/${body.file_id}`, { key })), '404 not_found')
        }
        const { data } = (await test.call('GET', '/v1/files', { key })).body
        assert.ok(data.every((file: { file_id: string }) => file.file_id !== body.file_id))
      }
      for (const id of ['x', '0'.repeat(36), '01890000-0000-7000-8000-000000000000', '%00']) {
        assert.equal(codeOf(await test.call('GET', `/v1/files/${id}`)), '404 not_found')
      }
      assert.equal((await test.call('DELETE', `/v1/files/${body.file_id.toUpperCase()}`)).status, 204)
      assert.equal(codeOf(await test.call('DELETE', `/v1/files/${body.file_id}`)), '404 not_found')
      assert.equal((await test.call('GET', pathOf(body.url), { key: null })).status, 404)
    })

    it('lists files in pages, newest first', async () => {
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      const ids = []
      for (let count = 0; count < 5; count += 1) ids.unshift((await upload(test, png, { key })).body.file_id)
      const seen = []
      let cursor = ''
      do {
        const { body } = await test.call('GET', `/v1/files?limit=2${cursor && `&cursor=${cursor}`}`, { key })
        assert.ok(body.data.length <= 2)
        seen.push(...body.data.map((file: { file_id: string }) => file.file_id))
        cursor = body.next_cursor
      } while (cursor !== null)
      assert.deepEqual(seen, ids)
      for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'order=asc']) {
        assert.equal(codeOf(await test.call('GET', `/v1/files?${query}`, { key })), '400 invalid_request', query)
      }
    })

    it('holds an account to its quota, however many uploads come at once', async () => {
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      const tenMegabytes = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)])
      const answers = await Promise.all(Array.from({ length: 4 }, () => upload(test, tenMegabytes, { key })))
      const accepted = answers.filter(({ status }) => status === 200)
      assert.equal(accepted.length, 2)
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        assert.equal(codeOf(answer), '413 quota_exceeded')
        assert.match(answer.body.error.message, /30 MB/)
      }
      await test.call('DELETE', `/v1/files/${accepted[0]?.body.file_id}`, { key })
      assert.equal((await upload(test, tenMegabytes, { key })).status, 200)
    })

    it('removes files when their time is over, gives their space back, and their bytes a day later', async () => {
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      const unique = await makePng(7, 9)
      const { body } = await upload(test, Buffer.concat([unique, Buffer.alloc(20_000_000)]), { key })
      const onDisk = filesOnDisk().length
      test.clock.advance(24 * HOUR)
      assert.equal(codeOf(await test.call('GET', `/v1/files/${body.file_id}`, { key })), '404 not_found')
      assert.equal((await test.call('GET', pathOf(body.url), { key: null })).status, 404)
      assert.deepEqual((await test.call('GET', '/v1/files', { key })).body.data, [])
      await runDuty('expire-uploads')
      assert.equal((await upload(test, Buffer.concat([unique, Buffer.alloc(20_000_001)]), { key })).status, 200)
      test.clock.advance(24 * HOUR)
      await runDuty('expire-uploads')
      await runDuty('discard-unused')
      assert.ok(filesOnDisk().length <= onDisk)
      test.clock.advance(24 * HOUR)
      await runDuty('discard-unused')
      assert.deepEqual(filesOnDisk(), [])
    })
  })
}

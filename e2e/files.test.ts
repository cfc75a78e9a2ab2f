import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makePng } from './emulator/png.ts'
import { type Answer, type Api, assertError, fetchAll, generate, submit, untilOver } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { openBrowser } from './testing/browser.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

interface WireFile {
  file_id: string
  url: string
  content_type: string
  size_bytes: number
  width?: number
  height?: number
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')
const MEGABYTE = 1024 * 1024

function upload(api: Api, bytes: Buffer, name: string): Promise<Answer> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  return api.call('/v1/files', { method: 'POST', body: form })
}

/** A form whose file has no end, and how much of it was taken. */
function createEndlessForm(head: Buffer) {
  let takenBytes = 0
  const { type, start } = startForm()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.concat([start, head])),
    pull(controller) {
      takenBytes += MEGABYTE
      if (takenBytes > 500 * MEGABYTE) controller.close()
      else controller.enqueue(new Uint8Array(MEGABYTE))
    },
  })
  return { body, type, takenBytes: () => takenBytes }
}

/** A form whose file begins and then does not go on. */
function createStuckForm(head: Buffer) {
  const { type, start } = startForm()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.concat([start, head])),
  })
  return { body, type }
}

function startForm() {
  const head = '--endless\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
  return { type: 'multipart/form-data; boundary=endless', start: Buffer.from(head) }
}

describe('files', () => {
  let clipia: Clipia
  const png = makePng('upload')
  before(async () => {
    clipia = await startClipia()
  })
  after(() => clipia.stop())

  const workFolder = () => join(clipia.dataDir, 'media', 'work')

  test('an upload becomes the first frame of a video, and all of it can be deleted', async () => {
    const uploaded = await upload(clipia.live, png, 'frame.png')
    assert.equal(uploaded.status, 200, uploaded.text)
    const file = uploaded.json<WireFile>()
    assert.deepEqual([file.content_type, file.size_bytes, file.width], ['image/png', png.length, 64])
    const input = { image_url: file.url, duration: 2, resolution: '480p' }
    const { request_id: id, output } = await generate(clipia.live, 'motion-1', input)
    const videoUrl = output?.video?.url ?? ''
    assert.equal((await fetchAll(videoUrl)).status, 200)
    assert.equal((await clipia.live.call(`/v1/requests/${id}`, { method: 'DELETE' })).status, 204)
    for (const url of [videoUrl, file.url]) assert.equal((await fetchAll(url)).status, 404)
    assert.equal((await clipia.live.get(`/v1/files/${file.file_id}`)).status, 404)
    const result = (await clipia.live.get(`/v1/requests/${id}`)).json<Record<string, unknown>>()
    assert.deepEqual([result.status, result.output], ['COMPLETED', {}])
    await assertAuditClean(clipia)
  })

  test('a data: URL is an input too, and is told from what is none', async () => {
    const image = `data:image/png;base64,${png.toString('base64')}`
    const { request_id: id } = await submit(clipia.live, 'motion-1', {
      image_url: image,
      duration: 2,
      resolution: '480p',
    })
    assert.equal((await untilOver(clipia.live, id)).status, 'COMPLETED')
    const svg = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`
    const refused = await clipia.live.post('/v1/models/motion-1', { input: { image_url: svg } })
    assertError(refused, 422, 'model_input_invalid', 'image_url')
  })

  test('an upload without an end is refused at its bound, and one of no known type at once', async () => {
    for (const [head, status, mostBytes] of [
      [png, 413, 120 * MEGABYTE],
      [Buffer.from('<html>'), 400, 90 * MEGABYTE],
    ] as const) {
      const form = createEndlessForm(head)
      const response = await fetch(`${clipia.url}/v1/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${clipia.liveKey}`, 'content-type': form.type },
        body: form.body,
        duplex: 'half',
      } as RequestInit)
      assert.equal(response.status, status, await response.text())
      assert.ok(form.takenBytes() < mostBytes, String(form.takenBytes()))
    }
    await waitFor('an empty work folder', () => (readdirSync(workFolder()).length === 0 ? true : undefined))
  })

  test('an upload that is cut off, and one in a process that is killed, leave nothing', async () => {
    const send = async (signal?: AbortSignal) => {
      const { body, type } = createStuckForm(png.subarray(0, 70))
      const headers = { authorization: `Bearer ${clipia.liveKey}`, 'content-type': type }
      const options = { method: 'POST', headers, body, duplex: 'half', signal } as RequestInit
      await assert.rejects(fetch(`${clipia.url}/v1/files`, options))
    }
    const isComing = () => (readdirSync(workFolder()).some((name) => name.startsWith('upload-')) ? true : undefined)
    const abort = new AbortController()
    const cut = send(abort.signal)
    await waitFor('the upload to begin', isComing)
    abort.abort()
    await cut
    await waitFor('an empty work folder', () => (isComing() ? undefined : true))
    const killed = send()
    await waitFor('the upload to begin', isComing)
    await clipia.kill()
    await killed
    clipia = await startClipia({ dataDir: clipia.dataDir })
    assert.equal(existsSync(workFolder()) && readdirSync(workFolder()).length > 0, false)
    await assertAuditClean(clipia)
  })

  test('nothing an uploader controls runs in a browser on our origin', async () => {
    const script = '<script>document.title = "ran"; window.ran = true</script>'
    const polyglots: [Buffer, string][] = [
      [Buffer.concat([png, Buffer.from(`<html>${script}</html>`)]), 'page.html'],
      [Buffer.concat([PIXEL, Buffer.from('=1;window.ran=true')]), 'code.js'],
    ]
    const browser = await openBrowser()
    try {
      for (const [bytes, name] of polyglots) {
        const { url } = (await upload(clipia.live, bytes, name)).json<WireFile>()
        const page = await browser.newPage()
        await page.goto(url)
        assert.match(await page.evaluate(() => document.contentType), /^image\//)
        assert.equal(await page.evaluate(() => 'ran' in window || document.title === 'ran'), false)
        await page.close()
        const other = await browser.newPage()
        await other.setContent(`<script src="${url}"></script><img src="${url}">`)
        assert.equal(await other.evaluate(() => 'ran' in window), false)
        await other.close()
      }
    } finally {
      await browser.close()
    }
  })
})

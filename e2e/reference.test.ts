import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { Browser } from 'playwright-core'
import { type Api, fetchAll, generate, submit } from './testing/api.ts'
import { openBrowser } from './testing/browser.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'
import { watchPage } from './testing/watch-page.ts'

interface OpenApi {
  openapi: string
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<
    string,
    Record<
      string,
      { summary: string; requestBody?: { content: object }; responses: Record<string, { content?: object }> }
    >
  >
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')

/** A web page of somebody else, on an origin of its own. */
async function servePage(html: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html>${html}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, close }
}

/** Ends a request whose webhook nobody takes, and answers the delivery that is tried again and again. */
async function makeDelivery(api: Api): Promise<string> {
  const body = { input: { prompt: 'To be told' }, webhook_url: 'http://127.0.0.1:9/' }
  const { request_id: id } = (await api.post('/v1/models/canvas-1', body)).json<{ request_id: string }>()
  return waitFor('a delivery', async () => {
    const { data } = (await api.get(`/v1/requests/${id}/deliveries`)).json<{ data: { delivery_id: string }[] }>()
    return data[0]?.delivery_id
  })
}

describe('what people and machines read about the API', () => {
  let clipia: Clipia
  let browser: Browser
  before(async () => {
    clipia = await startClipia({ environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await clipia.stop()
  })

  test('/openapi.json is valid OpenAPI 3.1 and clean to a linter', async () => {
    const { text } = await fetchAll(`${clipia.url}/openapi.json`)
    const { valid, errors } = await new Validator().validate(JSON.parse(text))
    assert.equal(valid, true, JSON.stringify(errors))
    const file = join(scratchFolder('openapi'), 'openapi.json')
    writeFileSync(file, text)
    const config = new URL('./redocly.yaml', import.meta.url).pathname
    const lint = ['node_modules/.bin/redocly', 'lint', file, '--config', config, '--format', 'stylish']
    const { stdout, stderr } = await promisify(execFile)(process.execPath, lint).catch(
      (error: unknown) => error as never,
    )
    assert.match(`${stdout}${stderr}`, /is valid/, `${stdout}${stderr}`)
    assert.doesNotMatch(`${stdout}${stderr}`, /warning/i)
  })

  test('every operation of /openapi.json is served, and asks for a key', async () => {
    const { paths } = (await fetchAll(`${clipia.url}/openapi.json`)).json<OpenApi>()
    assert.ok(Object.keys(paths).length >= 6)
    for (const [path, operations] of Object.entries(paths)) {
      const url = clipia.url + path.replace(/\{\w+\}/g, 'x')
      for (const method of Object.keys(operations)) {
        assert.equal((await fetchAll(url, { method: method.toUpperCase() })).status, 401, `${method} ${path}`)
      }
    }
  })

  test('each operation answers as the description says', async () => {
    const { paths } = (await fetchAll(`${clipia.url}/openapi.json`)).json<OpenApi>()
    const { request_id: id } = await submit(clipia.live, 'canvas-1', { prompt: 'For the reference' })
    const deliveryId = await makeDelivery(clipia.live)
    const form = new FormData()
    form.append('file', new Blob([PIXEL]), 'pixel.gif')
    const uploaded = await clipia.live.call('/v1/files', { method: 'POST', body: form })
    const { file_id: fileId } = uploaded.json<{ file_id: string }>()
    for (const [template, operations] of Object.entries(paths)) {
      const ids = template.includes('/files/') ? fileId : template.includes('/deliveries/') ? deliveryId : id
      const path = template.replace('{slug}', 'canvas-1').replace('{id}', ids)
      for (const [method, { requestBody, responses }] of Object.entries(operations)) {
        const isForm = requestBody !== undefined && 'multipart/form-data' in requestBody.content
        const body = isForm ? form : JSON.stringify({ input: { prompt: 'Try it' } })
        const options = { method: method.toUpperCase(), ...(requestBody && { body }) }
        if ('text/event-stream' in (responses[200]?.content ?? {})) {
          // It ends when the request does, or never: that it begins is all there is to try.
          const leaving = new AbortController()
          const { status, headers } = await fetch(`${clipia.url}${path}`, {
            headers: { authorization: `Bearer ${clipia.liveKey}` },
            signal: leaving.signal,
          })
          leaving.abort()
          assert.deepEqual([status, headers.get('content-type')], [200, 'text/event-stream; charset=utf-8'], template)
          continue
        }
        const answer = await clipia.live.call(path, options)
        const where = `${method} ${template}: ${answer.status} ${answer.text.slice(0, 300)}`
        assert.ok(String(answer.status) in responses, where)
        assert.ok(answer.status < 300 || answer.status === 409, where)
      }
    }
  })

  test('under a public URL the description and all URLs in answers name that one', async () => {
    const origin = 'https://clipia.example.com'
    const other = await startClipia({ environment: { CLIPIA_PUBLIC_URL: origin } })
    const { servers } = (await fetchAll(`${other.url}/openapi.json`)).json<OpenApi>()
    assert.deepEqual(servers, [{ url: origin }])
    const { request_id: id, status_url: statusUrl } = await submit(other.test, 'canvas-1', { prompt: 'Elsewhere' })
    assert.equal(statusUrl, `${origin}/v1/requests/${id}/status`)
    const { text } = await other.test.get(`/v1/requests/${id}`)
    assert.ok(text.includes(`"${origin}/media/`) && !text.includes('127.0.0.1'), text)
    assert.equal(await other.stop(), 0)
  })

  test('/docs shows the operations, breaks no content policy and contacts nobody else', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const faults = watchPage(page, clipia.url)
    const response = await page.goto(`${clipia.url}/docs`)
    const policy = response?.headers()['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /script-src[^;]*(unsafe|\*|http)/)
    const { paths, tags } = (await fetchAll(`${clipia.url}/openapi.json`)).json<OpenApi>()
    for (const { name } of tags.slice(1)) await page.getByText(`Open Group - ${name}`).locator('..').click()
    const summaries = Object.values(paths).flatMap((operations) => Object.values(operations).map((it) => it.summary))
    for (const text of [...summaries, 'Clipia API', 'Test Request']) {
      await page.getByText(text).first().waitFor({ state: 'attached', timeout: 20_000 })
    }
    mkdirSync('.build/screenshots', { recursive: true })
    await page.screenshot({ path: '.build/screenshots/docs.png' })
    assert.deepEqual(faults, [])
    await page.close()
  })

  test('a page of another origin shows the pictures that are made, and plays and seeks the videos', async (t) => {
    const image = (await generate(clipia.live, 'canvas-1', { prompt: 'Show' })).output?.images?.[0]
    const film = { prompt: 'Play', duration: 2, resolution: '480p' }
    const video = (await generate(clipia.live, 'motion-1', film)).output?.video
    const host = await servePage(
      `<link rel="icon" href="data:,"><img src="${image?.url}"><video src="${video?.url}" muted></video>`,
    )
    t.after(host.close)
    const page = await browser.newPage()
    const faults = watchPage(page, clipia.url, host.url)
    await page.goto(host.url)
    const shown = await page.locator('img').evaluate(async (element: HTMLImageElement) => {
      await element.decode()
      return { width: element.naturalWidth, height: element.naturalHeight }
    })
    assert.deepEqual(shown, { width: image?.width, height: image?.height })
    const played = await page.locator('video').evaluate(async (element: HTMLVideoElement) => {
      const ended = new Promise((resolve) => element.addEventListener('ended', resolve))
      await element.play()
      await ended
      const end = element.currentTime
      const seeked = new Promise((resolve) => element.addEventListener('seeked', resolve))
      element.currentTime = 0.5
      await seeked
      const { videoWidth: width, videoHeight: height, duration, currentTime, readyState } = element
      const { totalVideoFrames: frames } = element.getVideoPlaybackQuality()
      return { width, height, duration, end, currentTime, hasFrame: readyState >= 2, isMoving: frames > 10 }
    })
    const { duration, end, ...facts } = played
    assert.deepEqual(facts, { width: 854, height: 480, currentTime: 0.5, hasFrame: true, isMoving: true })
    assert.ok(Math.abs(duration - 2) < 0.1 && Math.abs(end - duration) < 0.1, `${end} s of ${duration} s`)
    assert.deepEqual(faults, [])
    await page.close()
  })
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { Browser } from 'playwright-core'
import { fetchAll, generate } from './testing/api.ts'
import { openBrowser } from './testing/browser.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, unknown>>
}

describe('what people and machines read about the API', () => {
  let clipia: Clipia
  let browser: Browser
  before(async () => {
    clipia = await startClipia()
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

  test('/docs shows the operations, breaks no content policy and contacts nobody else', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const faults: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(clipia.url) && !/^(data|blob):/.test(request.url())) faults.push(request.url())
    })
    await page.goto(`${clipia.url}/docs`)
    for (const summary of ['Clipia API', 'List models', 'Estimate a price', 'Test Request']) {
      await page.getByText(summary).first().waitFor({ state: 'attached', timeout: 20_000 })
    }
    mkdirSync('.build/screenshots', { recursive: true })
    await page.screenshot({ path: '.build/screenshots/docs.png' })
    assert.deepEqual(faults, [])
    await page.close()
  })

  test('a browser plays the videos that are made', async () => {
    const { output } = await generate(clipia.live, 'motion-1', { prompt: 'Play', duration: 2, resolution: '480p' })
    const page = await browser.newPage()
    await page.goto(`${clipia.url}/docs`)
    const played = await page.evaluate(async (url) => {
      const video = document.createElement('video')
      video.muted = true
      video.src = url
      await video.play()
      await new Promise((resolve) => video.addEventListener('timeupdate', () => video.currentTime > 0.5 && resolve(0)))
      return { width: video.videoWidth, height: video.videoHeight, duration: Math.round(video.duration) }
    }, output?.video?.url ?? '')
    assert.deepEqual(played, { width: 854, height: 480, duration: 2 })
    await page.close()
  })
})

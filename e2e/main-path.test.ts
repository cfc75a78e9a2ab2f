import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Api, accountOf, fetchAll, generate, modelPath, submit, untilOver } from './testing/api.ts'
import { assertBooks } from './testing/books.ts'
import { DATABASES } from './testing/databases.ts'
import { mp4Facts, pngSize, webpSize } from './testing/media-facts.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireEstimate, WireModel, WireResult, WireStatus } from './testing/wire.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Media that were made here, with the type they must be served as. */
type Served = Map<string, string>

async function download(url: string): Promise<Buffer> {
  const answer = await fetchAll(url)
  assert.equal(answer.status, 200, answer.text.slice(0, 200))
  return answer.bytes
}

/** Checks what a browser is told of media: their type, to believe it, to run nothing in them; and ranges of them. */
async function assertServedSafely(url: string, contentType: string): Promise<void> {
  const answer = await fetchAll(url)
  const header = (name: string) => answer.headers.get(name) ?? ''
  assert.equal(header('content-type'), contentType, url)
  assert.equal(header('x-content-type-options'), 'nosniff')
  assert.match(header('content-security-policy'), /sandbox/)
  assert.match(header('content-security-policy'), /default-src 'none'/)
  assert.equal(header('content-length'), String(answer.bytes.length))

  const range = await fetchAll(url, { headers: { range: 'bytes=4-11' } })
  assert.equal(range.status, 206)
  assert.equal(range.headers.get('content-range'), `bytes 4-11/${answer.bytes.length}`)
  assert.equal(range.headers.get('content-type'), contentType)
  assert.deepEqual(range.bytes, answer.bytes.subarray(4, 12))
  const beyond = await fetchAll(url, { headers: { range: `bytes=${answer.bytes.length}-` } })
  assert.equal(beyond.status, 416)
}

async function downloadImages(result: WireResult, served: Served): Promise<Buffer[]> {
  const originals = []
  for (const image of result.output?.images ?? []) {
    const size = { width: image.width, height: image.height }
    served.set(image.url, 'image/webp').set(image.original_url, 'image/png')
    assert.deepEqual(webpSize(await download(image.url)), size)
    const original = await download(image.original_url)
    assert.deepEqual(pngSize(original), size)
    originals.push(original)
  }
  return originals
}

async function estimate(api: Api, slug: string, input: Record<string, unknown>): Promise<number> {
  const answer = await api.post(modelPath(slug, '/estimate'), { input })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<WireEstimate>().credits
}

for (const database of DATABASES) {
  describe(`the main path on ${database.name}`, () => {
    const charges: { request_id: string; cost: number }[] = []
    const served: Served = new Map()
    let dispose = async () => {}
    let clipia: Clipia
    before(async () => {
      const prepared = await database.prepare()
      dispose = prepared.dispose
      clipia = await startClipia({ environment: prepared.environment })
    })
    after(() => clipia.stop().finally(dispose))

    /** Estimates, generates and checks that estimate, submit and result name one price. */
    async function make(slug: string, input: Record<string, unknown>): Promise<WireResult> {
      const credits = await estimate(clipia.live, slug, input)
      const result = await generate(clipia.live, slug, input)
      charges.push({ request_id: result.request_id, cost: credits })
      assert.equal(result.cost, credits)
      assert.equal(result.charged, credits)
      return result
    }

    test('a live key sees the models that run here, each with a detail that agrees with the list', async () => {
      const { data } = (await clipia.live.get('/v1/models')).json<{ data: WireModel[] }>()
      assert.deepEqual(data.map(({ slug }) => slug).sort(), ['canvas-1', 'motion-1', 'tone-1'])
      for (const entry of data) {
        const { input_schema: schema, ...detail } = (await clipia.live.get(modelPath(entry.slug))).json<WireModel>()
        assert.deepEqual(detail, entry)
        assert.equal(typeof schema?.prompt?.required, 'boolean')
        assert.ok(Number.isInteger(entry.pricing.credits))
      }
    })

    test('the catalogue answers 304 to a caller that has it already', async () => {
      const etag = (await clipia.live.get('/v1/models')).headers.get('etag') ?? ''
      const again = await clipia.live.get('/v1/models', { 'if-none-match': etag })
      assert.deepEqual([again.status, again.text], [304, ''])
    })

    test('canvas-1 makes one picture, and its status, result and bill agree', async () => {
      const input = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9', seed: 7 }
      assert.equal(await estimate(clipia.live, 'canvas-1', input), 1)
      const submitted = await submit(clipia.live, 'canvas-1', input)
      const { request_id: id } = submitted
      charges.push({ request_id: id, cost: 1 })
      assert.match(id, UUID_V7)
      assert.deepEqual(submitted, {
        request_id: id,
        status: 'IN_QUEUE',
        queue_position: 0,
        status_url: `${clipia.url}/v1/requests/${id}/status`,
        response_url: `${clipia.url}/v1/requests/${id}`,
        cancel_url: `${clipia.url}/v1/requests/${id}/cancel`,
        events_url: `${clipia.url}/v1/requests/${id}/events`,
        cost: 1,
      })
      assert.equal((await accountOf(clipia.live)).balance.credits, 999)

      const result = await untilOver(clipia.live, id)
      assert.equal(result.status, 'COMPLETED', JSON.stringify(result))
      assert.deepEqual([result.model, result.mode, result.cost, result.seed], ['canvas-1', 'live', 1, 7])
      assert.match(result.created_at, TIME)
      assert.match(result.completed_at ?? '', TIME)
      const status = (await clipia.live.get(`/v1/requests/${id}/status`)).json<WireStatus>()
      assert.deepEqual(
        [status.request_id, status.status, status.queue_position, status.progress],
        [id, 'COMPLETED', null, 100],
      )
      assert.equal(result.output?.images?.length, 1)
      const [image] = result.output?.images ?? []
      assert.ok((image?.width ?? 0) > (image?.height ?? 0), 'a wide picture')
      const [first] = await downloadImages(result, served)

      const again = await make('canvas-1', input)
      const [second] = await downloadImages(again, served)
      assert.ok(first?.equals(second ?? Buffer.alloc(0)), 'the same seed gives the same bytes')
      assert.notEqual(again.output?.images?.[0]?.url, image?.url, 'each request has names of its own')
    })

    test('canvas-1 makes four different pictures for four times the price', async () => {
      const result = await make('canvas-1', { prompt: 'Four seasons', num_images: 4 })
      assert.equal(result.cost, 4)
      const originals = await downloadImages(result, served)
      assert.equal(originals.length, 4)
      assert.equal(new Set(originals.map((bytes) => bytes.toString('base64'))).size, 4)
    })

    test('motion-1 makes a video from words', async () => {
      const result = await make('motion-1', { prompt: 'Rain on a window', resolution: '480p', duration: 2 })
      assert.equal(result.cost, 1)
      await assertVideo(result)
    })

    test('motion-1 makes a video from a picture that canvas-1 made', async () => {
      const still = await generate(clipia.live, 'canvas-1', { prompt: 'A still' })
      charges.push({ request_id: still.request_id, cost: 1 })
      const imageUrl = still.output?.images?.[0]?.url
      await assertVideo(await make('motion-1', { image_url: imageUrl, resolution: '480p', duration: 2 }))
    })

    async function assertVideo(result: WireResult): Promise<void> {
      const video = result.output?.video
      assert.ok(video)
      assert.equal(Math.min(video.width, video.height), 480)
      const facts = mp4Facts(await download(video.url))
      assert.deepEqual([facts.width, facts.height], [video.width, video.height])
      assert.ok(Math.abs(facts.durationSeconds - 2) < 0.1 && Math.abs(video.duration - 2) < 0.1)
      served.set(video.url, 'video/mp4').set(video.original_url, 'video/mp4')
    }

    test('media are served as what they are, by ranges too, and can run nothing in a browser', async () => {
      assert.ok(new Set(served.values()).size === 3)
      for (const [url, contentType] of served) await assertServedSafely(url, contentType)
    })

    test('no media is found under a name that was never given', async () => {
      for (const path of [
        '/media/nothing.png',
        '/media/',
        '/media/..%2fclipia.db',
        '/media/../secret.key',
        '/media/%00',
      ]) {
        const answer = await fetchAll(`${clipia.url}${path}`)
        assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`)
      }
    })

    test('the ledger, the balance, the usage and the audit agree to the credit', () => assertBooks(clipia, charges))

    test('a new start keeps everything and serves its media under the new address', async () => {
      const [{ request_id: id } = { request_id: '' }] = charges
      assert.equal(await clipia.stop('SIGINT'), 0)
      clipia = await startClipia({ dataDir: clipia.dataDir, environment: clipia.environment })
      const result = (await clipia.live.get(`/v1/requests/${id}`)).json<WireResult>()
      const url = result.output?.images?.[0]?.url ?? ''
      assert.ok(url.startsWith(`${clipia.url}/media/`), url)
      webpSize(await download(url))
      await assertBooks(clipia, charges)
    })
  })
}

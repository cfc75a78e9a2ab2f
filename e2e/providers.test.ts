import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApi, fetchAll, generate, modelPath, submit, untilOver } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { DATABASES } from './testing/databases.ts'
import { startFal } from './testing/fal.ts'
import { pngSize } from './testing/media-facts.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

const MODEL = 'flux-schnell'
const CREDENTIAL = 'id-1:secret-nobody-may-see'
const PUBLIC_URL = 'https://clipia.example'

const slugsOf = async ({ live }: Clipia) =>
  (await live.get('/v1/models')).json<{ data: { slug: string }[] }>().data.map(({ slug }) => slug)

test('a credential puts the models of its provider on offer, and its removal takes them off', async () => {
  const fal = await startFal()
  const bare = await startClipia()
  const builtIn = await slugsOf(bare)
  assert.ok(!builtIn.includes(MODEL))
  assert.equal((await bare.live.post(modelPath(MODEL), { input: { prompt: 'a fox' } })).status, 404)
  await bare.stop()

  const environment = { FAL_KEY: CREDENTIAL, FAL_BASE_URL: fal.url }
  const first = await startClipia({ environment, dataDir: bare.dataDir })
  const live = createApi(first.url, bare.liveKey)
  try {
    const offered = await slugsOf({ ...first, live })
    assert.ok(offered.length >= builtIn.length + 30, `${offered.length} models`)
    const result = await generate(live, MODEL, { prompt: 'a fox', aspect_ratio: '16:9', seed: 7 })
    assert.deepEqual([fal.jobs.length, fal.jobs[0]?.model], [1, 'fal-ai/flux/schnell'])
    assert.deepEqual([...fal.credentials], [`Key ${CREDENTIAL}`])
    const [picture] = (result.output as { images: { original_url: string; width: number }[] }).images
    assert.deepEqual(pngSize((await fetchAll(picture?.original_url ?? '')).bytes), { width: 64, height: 64 })
    for (const path of ['', '/status', '/deliveries', '/events']) {
      const { text } = await live.get(`/v1/requests/${result.request_id}${path}`)
      assert.ok(!text.includes(fal.url) && !text.includes(fal.jobs[0]?.id ?? '-') && !/\bfal\b/.test(text), text)
    }
    await assertAuditClean(first)
    assert.ok(!first.logs().includes('secret-nobody-may-see'), 'the log holds no secret')
    assert.equal(await first.stop(), 0)

    const second = await startClipia({ dataDir: bare.dataDir })
    const after = createApi(second.url, bare.liveKey)
    assert.deepEqual(await slugsOf({ ...second, live: after }), builtIn)
    assert.equal((await after.get(modelPath(MODEL))).status, 404)
    const seen = await createApi(second.url, bare.testKey).get(modelPath(MODEL))
    assert.equal(seen.json<{ available: boolean }>().available, false)
    const kept = (await after.get(`/v1/requests/${result.request_id}`)).json<{ status: string }>()
    assert.equal(kept.status, 'COMPLETED', 'what was made stays')
    assert.equal(await second.stop(), 0)
  } finally {
    fal.close()
  }
})

for (const database of DATABASES) {
  test(`a job whose submit was never answered, for the server was killed, comes home by its callback, on ${database.name}`, async () => {
    const fal = await startFal()
    const { environment, dispose } = await database.prepare()
    const settings = { ...environment, FAL_KEY: CREDENTIAL, FAL_BASE_URL: fal.url, CLIPIA_PUBLIC_URL: PUBLIC_URL }
    const first = await startClipia({ environment: settings })
    fal.onAccepted = () => {}
    const { request_id: id } = await submit(first.live, MODEL, { prompt: 'a fox' })
    await waitFor('the submit', () => fal.jobs[0])
    await first.kill()

    const second = await startClipia({ environment: settings, dataDir: first.dataDir })
    const live = createApi(second.url, first.liveKey)
    try {
      const [job] = fal.jobs
      assert.ok(job)
      assert.equal(await fal.callBack({ ...job, webhook: `${job.webhook?.slice(0, -2)}xx` }, second.url), 204)
      assert.equal((await live.get(`/v1/requests/${id}`)).status, 202, 'a stranger moves nothing')
      assert.equal(await fal.callBack(job, second.url), 204)
      assert.equal(await fal.callBack(job, second.url), 204)
      const result = await untilOver(live, id)
      assert.equal(result.status, 'COMPLETED', JSON.stringify(result.error))
      assert.equal(fal.jobs.length, 1, 'it was submitted once')
      await assertAuditClean(second)
      assert.equal(await second.stop(), 0)
    } finally {
      fal.close()
      await dispose()
    }
  })
}

test('a base URL or a credential that cannot work stops the start by its name, unrepeated', async () => {
  const settings = {
    CLIPIA_DATA_DIR: scratchFolder('data'),
    CLIPIA_PORT: '0',
    FAL_KEY: '"quoted-secret"',
    OPENAI_BASE_URL: 'sk-a-key-in-the-wrong-place',
    SDAPI_URL: 'http://user:a-password@127.0.0.1:7860',
  }
  const child = startProcess(process.execPath, [CLIPIA_COMMAND, 'serve'], settings)
  assert.equal((await child.ended).code, 1)
  const [, ...mistakes] = child.stderr().trimEnd().split('\n')
  assert.deepEqual(mistakes.map((mistake) => mistake.trim().split(':')[0]).sort(), [
    'FAL_KEY',
    'OPENAI_BASE_URL',
    'SDAPI_URL',
  ])
  assert.doesNotMatch(child.stdout() + child.stderr(), /quoted-secret|wrong-place|a-password/)
})

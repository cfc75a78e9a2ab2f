import assert from 'node:assert/strict'
import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fetchAll, submit, untilOver } from './testing/api.ts'
import { type Child, startProcess } from './testing/child-process.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

interface Sample {
  operation: string
  lang: string
  source: string
}

/** What the tests read of an operation. */
interface Described {
  operationId: string
  'x-codeSamples': { lang: string; source: string }[]
}

/** It goes on without end: its samples are only compiled. */
const ENDLESS = 'streamWebhooks'

/** The samples of the reference with ids that exist here, in an order that works. */
async function readSamples(clipia: Clipia): Promise<Sample[]> {
  const { text } = await fetchAll(`${clipia.url}/openapi.json`)
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Described>> }
  const [request, file] = [await makeRequest(clipia), await makeFile(clipia)]
  const { request_id: running } = await submit(clipia.live, 'motion-1', { prompt: 'To be canceled', duration: 10 })
  const delivery = await waitFor('a delivery', async () => {
    const { data } = (await clipia.live.get('/v1/deliveries')).json<{ data: { delivery_id: string }[] }>()
    return data[0]?.delivery_id
  })
  const samples: Sample[] = []
  for (const { operationId, 'x-codeSamples': written } of Object.values(paths).flatMap(Object.values<Described>)) {
    for (const { lang, source } of written) {
      const ownFile = operationId === 'deleteFile' ? await makeFile(clipia) : file
      const withIds = source
        .replace('01a20d5c-7f3e-7c1a-9a52-5d0c8f4b2e61', operationId === 'cancel' ? running : request)
        .replace('01a20d5c-93b0-7d4e-8c17-2f6a9e0b7d35', delivery)
        .replace('01a20d5c-a8d4-7e90-b3f6-71c4d2e85a09', ownFile)
      samples.push({ operation: operationId, lang, source: withIds })
    }
  }
  // One is canceled while it runs; what is deleted was read before.
  const order = ({ operation }: Sample) => (operation === 'cancel' ? 0 : operation.startsWith('delete') ? 2 : 1)
  return samples.sort((left, right) => order(left) - order(right))
}

/** A request that is over and whose webhook nobody takes. */
async function makeRequest({ live }: Clipia): Promise<string> {
  const body = { input: { prompt: 'A sample' }, webhook_url: 'http://127.0.0.1:9/' }
  const { request_id: id } = (await live.post('/v1/models/canvas-1', body)).json<{ request_id: string }>()
  await untilOver(live, id)
  return id
}

async function makeFile({ url, liveKey }: Clipia): Promise<string> {
  const form = new FormData()
  form.set(
    'file',
    new Blob([Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')]),
    'dot.gif',
  )
  const headers = { authorization: `Bearer ${liveKey}` }
  const answer = await fetch(`${url}/v1/files`, { method: 'POST', headers, body: form })
  const { file_id: id } = (await answer.json()) as { file_id: string }
  assert.ok(id)
  return id
}

describe('the samples of the reference', () => {
  let clipia: Clipia
  let samples: Sample[] = []
  let cwd = ''
  before(async () => {
    clipia = await startClipia({ environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
    samples = await readSamples(clipia)
    cwd = scratchFolder('samples')
    symlinkSync(join(ROOT, 'node_modules'), join(cwd, 'node_modules'))
    copyFileSync(join(ROOT, 'docs/images/aurora-sky.webp'), join(cwd, 'photo.jpg'))
  })
  after(() => clipia.stop())

  const environment = () => ({ CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url })

  test('every operation has one in each language', () => {
    const languages = new Map<string, string[]>()
    for (const { operation, lang } of samples) languages.set(operation, [...(languages.get(operation) ?? []), lang])
    assert.ok(languages.size >= 20)
    for (const [operation, langs] of languages) assert.deepEqual(langs, ['Shell', 'TypeScript', 'Python'], operation)
  })

  test('those in TypeScript fit the types of the client', async () => {
    const names = samples
      .filter(({ lang }) => lang === 'TypeScript')
      .map(({ operation, source }) => {
        writeFileSync(join(cwd, `${operation}.mts`), `${source}\n`)
        return `${operation}.mts`
      })
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const flags = '--noEmit --strict --module nodenext --target es2023 --allowImportingTsExtensions --types node'.split(
      ' ',
    )
    const { code, stdout } = await startProcess(process.execPath, [tsc, ...flags, ...names], {}, cwd).ended
    assert.equal(code, 0, stdout)
  })

  const runAll = async (lang: string, run: (sample: Sample) => Child) => {
    for (const sample of samples) {
      if (sample.operation === ENDLESS || sample.lang !== lang) continue
      const { code, stdout, stderr } = await run(sample).ended
      assert.equal(code, 0, `${sample.operation}: ${stdout}${stderr}`)
    }
  }

  test('those in TypeScript run', () =>
    runAll('TypeScript', ({ operation }) => startProcess(process.execPath, [`${operation}.mts`], environment(), cwd)))

  test('those for curl are answered', () =>
    runAll('Shell', ({ source }) =>
      startProcess('bash', ['-c', source.replace('curl', 'curl --fail-with-body -sS')], environment(), cwd),
    ))
})

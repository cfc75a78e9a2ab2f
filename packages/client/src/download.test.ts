import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { ClipiaApiError, createClient } from './index.ts'
import { onFastClock } from './testing/on-fast-clock.ts'
import { type Script, scriptedFetch, silence } from './testing/scripted-fetch.ts'

const image = (name: string) => ({
  url: `https://media.example.com/works/${name}.webp`,
  original_url: `https://media.example.com/works/${name}.png`,
  width: 8,
  height: 8,
})
const media = (text: string, type: string) => new Response(text, { headers: { 'content-type': type } })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipia-download-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function clientOn(...steps: Script[]) {
  const { fetch, sent } = scriptedFetch(...steps)
  return { clipia: createClient({ apiKey: 'clipia_test_0123456789abcdef', fetch }), sent }
}

test('every picture is saved in full quality, named by its request, and the key stays here', async () => {
  const { clipia, sent } = clientOn(media('one', 'image/png'), media('two', 'image/png; charset=binary'))
  const result = { request_id: 'r-1', status: 'COMPLETED', output: { images: [image('a'), image('b')] } } as const
  const target = join(folder, 'new', 'folder')
  const paths = await clipia.download({ ...result, output: { images: [...result.output.images] } }, target)
  assert.deepEqual(paths, [join(target, 'r-1-1.png'), join(target, 'r-1-2.png')])
  assert.deepEqual(
    paths.map((path) => readFileSync(path, 'utf8')),
    ['one', 'two'],
  )
  assert.deepEqual(
    sent.map(({ url }) => url.split('/').at(-1)),
    ['a.png', 'b.png'],
  )
  for (const { headers } of sent) assert.equal(headers.get('authorization'), null)
})

test('the smaller rendition, videos and sound; a type nobody knows keeps the ending of its URL', async () => {
  const { clipia } = clientOn(
    media('w', 'image/webp'),
    media('v', 'application/octet-stream'),
    media('s', 'audio/mpeg'),
  )
  const named = (output: object) => ({ request_id: '../r/1', status: 'COMPLETED', output }) as const
  const video = { ...image('v'), original_url: 'https://media.example.com/works/v.mov', duration: 4 }
  const paths = [
    ...(await clipia.download(named({ images: [image('a')] }), folder, { rendition: 'delivery' })),
    ...(await clipia.download(named({ video }), folder)),
    ...(await clipia.download(named({ audio: { url: 'https://media.example.com/s', duration: 1 } }), folder)),
  ]
  assert.deepEqual(
    paths,
    ['webp', 'mov', 'mp3'].map((extension) => join(folder, `___r_1.${extension}`)),
  )
})

test('a download that breaks off is tried again; one that fails leaves nothing behind', async (t) => {
  const breaking = () => new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
  const broken = () => new Response(breaking(), { headers: { 'content-type': 'image/png' } })
  const result = { request_id: 'r-1', status: 'COMPLETED', output: { images: [image('a')] } } as const
  const download = { ...result, output: { images: [...result.output.images] } }
  const again = clientOn(broken(), media('whole', 'image/png'))
  const { value } = await onFastClock(t, () => again.clipia.download(download, folder))
  assert.equal(readFileSync(value?.[0] ?? '', 'utf8'), 'whole')
  rmSync(value?.[0] ?? '')

  const never = clientOn(broken(), broken(), broken())
  const { error } = await onFastClock(t, () => never.clipia.download(download, folder))
  assert.ok(error instanceof ClipiaApiError && error.code === 'network_error')
  const gone = clientOn(new Response('', { status: 404 }))
  await assert.rejects(gone.clipia.download(download, folder), { status: 404, code: 'media_unavailable' })
  const controller = new AbortController()
  const stopped = clientOn((call, signal) => {
    setImmediate(() => controller.abort())
    return silence(call, signal)
  })
  const aborted = stopped.clipia.download(download, folder, { signal: controller.signal })
  await assert.rejects(aborted, { name: 'AbortError' })
  assert.deepEqual(readdirSync(folder), [])
})

test('a result without media is refused by its status, and media that are no http URL are not read', async () => {
  const { clipia, sent } = clientOn()
  const failed = { request_id: 'r-1', status: 'FAILED' } as const
  await assert.rejects(clipia.download(failed, folder), { name: 'TypeError', message: /r-1 is FAILED/ })
  const local = { ...image('a'), original_url: 'file:///etc/passwd' }
  const result = { request_id: 'r-1', status: 'COMPLETED', output: { images: [local] } } as const
  await assert.rejects(clipia.download({ ...result, output: { images: [local] } }, folder), /http/)
  assert.deepEqual([sent, readdirSync(folder)], [[], []])
})

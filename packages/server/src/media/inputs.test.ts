import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import type { Database } from '../database/database.ts'
import { parseAllowedPrivate } from '../network/address-rules.ts'
import { FetchRefused } from '../network/fetch-refused.ts'
import { createSafeFetch } from '../network/safe-fetch.ts'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { openBlobFolder } from './blob-folder.ts'
import { createInputs, type Inputs } from './inputs.ts'

const NEVER = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'clipia-inputs-'))
const allowed = parseAllowedPrivate('127.0.0.1')
const fetch = createSafeFetch(allowed)
let png: Buffer
let strangerUrl: string
let testDatabase: TestDatabase
let database: Database
let inputs: Inputs

const stranger = createServer((request, response) => {
  if (request.url === '/picture.png') response.writeHead(200, { 'content-type': 'text/html' }).end(png)
  else if (request.url === '/page.png') response.writeHead(200, { 'content-type': 'image/png' }).end('<html>')
})

before(async () => {
  png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#c8553d' } })
    .png()
    .toBuffer()
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  const [kind] = DATABASES
  assert.ok(kind)
  testDatabase = await kind.create()
  database = testDatabase.open()
  const blobFolder = await openBlobFolder(join(folder, 'media'))
  inputs = createInputs({
    database,
    folder: blobFolder,
    clock: createManualClock(),
    fetch,
    allowed,
    timeoutMs: 2_000,
    mediaUrls: () => ['http://clipia.test/media/'],
  })
})

after(async () => {
  stranger.closeAllConnections()
  stranger.close()
  await fetch.close()
  await database.close()
  await testDatabase.remove()
  rmSync(folder, { recursive: true })
})

test('an input is brought with the type its bytes have, whatever its server says', async () => {
  const path = join(folder, 'input')
  const brought = await inputs.bring(`${strangerUrl}/picture.png`, path, NEVER)
  assert.deepEqual(brought, { path, contentType: 'image/png', kind: 'image', sizeBytes: png.length })
  assert.deepEqual(readFileSync(path), png)
})

test('a sample and a data: URL are inputs like any other', async () => {
  const path = join(folder, 'input')
  const video = await inputs.bring('http://clipia.test/media/samples/video.mp4', path, NEVER)
  assert.equal(video.contentType, 'video/mp4')
  const image = await inputs.bring(`data:image/jpeg;base64,${png.toString('base64')}`, path, NEVER)
  assert.deepEqual([image.contentType, image.sizeBytes], ['image/png', png.length])
})

test('what is no picture, video or sound is refused, and so is a name nobody has here', async () => {
  const path = join(folder, 'input')
  const refused = (url: string, reason: RegExp) =>
    assert.rejects(
      inputs.bring(url, path, NEVER),
      (error) => error instanceof FetchRefused && reason.test(error.message),
    )
  await refused(`${strangerUrl}/page.png`, /not a PNG/)
  await refused(`http://clipia.test/media/${'0'.repeat(32)}.png`, /no such file/)
  await refused('http://clipia.test/media/..%2f..%2fclipia.db', /no such file/)
})

test('a lent input is there while it is used and gone afterwards, also when its use fails', async () => {
  let path = ''
  const length = await inputs.lend(`${strangerUrl}/picture.png`, NEVER, async (file) => {
    path = file.path
    return readFileSync(path).length
  })
  assert.equal(length, png.length)
  assert.equal(existsSync(path), false)
  const failing = inputs.lend(`${strangerUrl}/picture.png`, NEVER, async (file) => {
    path = file.path
    writeFileSync(`${path}.more`, 'x')
    throw new Error('the provider is away')
  })
  await assert.rejects(failing, /the provider is away/)
  assert.equal(existsSync(path), false)
})

test('an aborted signal is thrown as itself: it says nothing about the input', async () => {
  const abort = new AbortController()
  const reason = new Error('the lease ends')
  const brought = inputs.bring(`${strangerUrl}/silent`, join(folder, 'input'), abort.signal)
  abort.abort(reason)
  await assert.rejects(brought, (error) => error === reason)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { after, test } from 'node:test'
import { ClipiaError } from '../errors.ts'
import { makePng } from '../testing/pictures.ts'
import { receiveFile } from './receive-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'clipia-receive-'))
const path = join(folder, 'file')
after(() => rmSync(folder, { recursive: true }))

const refused = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof ClipiaError && error.code === code && error.param === 'file' && text.test(error.message)

test('an upload is known by its first bytes', async () => {
  const png = await makePng(4, 4)
  const received = await receiveFile(Readable.from([png.subarray(0, 10), png.subarray(10)]), path)
  assert.deepEqual(received, { path, contentType: 'image/png', sizeBytes: png.length })
})

test('an upload of nothing, of no known type, or with too many bytes is refused', async () => {
  const png = await makePng(4, 4)
  await assert.rejects(receiveFile(Readable.from([]), path), refused('invalid_request', /is empty/))
  await assert.rejects(receiveFile(Readable.from(['<html>']), path), refused('invalid_request', /must be a PNG/))
  const large = Readable.from([png, Buffer.alloc(20 * 1024 * 1024)])
  await assert.rejects(receiveFile(large, path), refused('payload_too_large', /at most 20 MB/))
})

test('an upload that does not end is refused when its time is over', async () => {
  const stuck = new PassThrough()
  stuck.write(await makePng(4, 4))
  await assert.rejects(receiveFile(stuck, path, 100), refused('invalid_request', /longer than 0.1 seconds/))
})

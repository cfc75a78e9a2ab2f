import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assertError, submit, untilOver } from './testing/api.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const INPUT = { input: { prompt: 'A lighthouse above the clouds' } }
const SIZE_MIB = 48

/** A file system of a few megabytes; false where this user may not mount one. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Fills it to the last byte. */
function fill(path: string): void {
  for (const sizeBytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(sizeBytes), { flag: 'a' })
    } catch (error) {
      assert.match(String(error), /ENOSPC/)
    }
  }
}

const folder = scratchFolder('small')
const isMounted = mountSmall(folder)

describe('a disk that is full, on SQLite', () => {
  let clipia: Clipia
  before(async () => {
    const dataDir = join(isMounted ? folder : scratchFolder('data'), 'data')
    clipia = await startClipia({ dataDir, expectedErrors: /./ })
  })
  after(async () => {
    await clipia.stop()
    if (isMounted) execFileSync('umount', [folder])
  })

  test('refuses what it cannot keep, loses and doubles nothing, and goes on when there is room', async (context) => {
    if (!isMounted) context.diagnostic('no file system could be mounted here: only that all goes on was shown')
    const { request_id: begun } = await submit(clipia.live, 'canvas-1', INPUT.input)
    const ballast = join(folder, 'ballast')
    const accepted: string[] = [begun]
    if (isMounted) {
      fill(ballast)
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const answer = await clipia.live.post('/v1/models/canvas-1', INPUT, { 'idempotency-key': `full-${attempt}` })
        if (answer.status === 200) accepted.push(answer.json<{ request_id: string }>().request_id)
        else assertError(answer, 503, 'service_unavailable')
      }
      assert.ok(accepted.length < 6, 'a full disk kept everything')
      rmSync(ballast)
    }
    // The same keys again: what was refused is new, what was accepted is the same.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await clipia.live.post('/v1/models/canvas-1', INPUT, { 'idempotency-key': `full-${attempt}` })
      assert.equal(answer.status, 200, answer.text)
      accepted.push(answer.json<{ request_id: string }>().request_id)
    }
    const requests = [...new Set(accepted)]
    assert.equal(requests.length, 6)
    const [first, ...others] = await Promise.all(requests.map((id) => untilOver(clipia.live, id)))
    for (const { status } of others) assert.equal(status, 'COMPLETED')
    // A render that found no room has failed and is refunded.
    assert.ok(first?.status === 'COMPLETED' || (first?.status === 'FAILED' && first.charged === 0))
    const { balance } = (await clipia.live.get('/v1/account')).json<{ balance: { credits: number } }>()
    assert.equal(balance.credits, first?.status === 'COMPLETED' ? 994 : 995)
    assert.equal((await clipia.admin('audit')).code, 0)
  })
})

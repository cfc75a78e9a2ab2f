import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { openBlobFolder } from './blob-folder.ts'

const path = mkdtempSync(join(tmpdir(), 'clipia-folder-'))
after(() => rmSync(path, { recursive: true }))

test('what killed processes left half-made is swept when nobody has touched it for long', async () => {
  const folder = await openBlobFolder(path)
  const old = await folder.makeWorkFolder('upload')
  const fresh = await folder.makeWorkFolder('upload')
  writeFileSync(join(old, 'file'), 'half')
  utimesSync(old, 1_000, 1_000)
  await folder.sweepWork(1_000_001)
  assert.deepEqual(readdirSync(join(path, 'work')), [basename(fresh)])
})

test('a location holds what was kept there last, and is empty after its removal', async () => {
  const folder = await openBlobFolder(path)
  const work = await folder.makeWorkFolder('test')
  for (const text of ['first', 'second one']) {
    writeFileSync(join(work, 'file'), text)
    await folder.keep(join(work, 'file'), 'ab-1')
    assert.equal(await folder.sizeOf('ab-1'), text.length)
  }
  await folder.remove('ab-1')
  assert.equal(await folder.sizeOf('ab-1'), null)
  await folder.remove('ab-1')
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { createSecretKey, verifySecretKey, WrongSecretKey } from './secret-key.ts'
import { readOrCreateSecretKeyFile } from './secret-key-file.ts'

describe('the secret key', () => {
  for (const kind of DATABASES) {
    it(`must stay the one its ${kind.name} database was made with`, async () => {
      const test = await kind.create()
      const database = test.open()
      const [right, wrong] = [createSecretKey(Buffer.alloc(32, 1)), createSecretKey(Buffer.alloc(32, 2))]
      await verifySecretKey(database, right, 1)
      await verifySecretKey(database, right, 2)
      await assert.rejects(verifySecretKey(database, wrong, 3), WrongSecretKey)
      const [row] = await database.read<{ secret_check: string }>('SELECT secret_check FROM installation')
      assert.ok(!row?.secret_check.includes(Buffer.alloc(32, 1).toString('hex')))
      await database.close()
      await test.remove()
    })
  }

  it('gives every purpose a key of its own', () => {
    const key = createSecretKey(Buffer.alloc(32, 1))
    assert.equal(key.derive('a').length, 32)
    assert.deepEqual(key.derive('a'), key.derive('a'))
    assert.notDeepEqual(key.derive('a'), key.derive('b'))
  })

  it('is made once, for its owner’s eyes only, and never replaced when damaged', () => {
    const folder = mkdtempSync(join(tmpdir(), 'clipia-secret-'))
    const path = join(folder, 'secret.key')
    const made = readOrCreateSecretKeyFile(folder)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readOrCreateSecretKeyFile(folder), made)
    writeFileSync(path, 'damaged')
    assert.throws(() => readOrCreateSecretKeyFile(folder), /damaged/)
    assert.equal(readFileSync(path, 'utf8'), 'damaged')
    rmSync(folder, { recursive: true })
  })
})

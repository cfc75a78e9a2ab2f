import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createSecretKey, verifySecretKey } from '../secrets/secret-key.ts'
import { DATABASES } from '../testing/databases.ts'
import { verifyMediaStore, WrongMediaStore } from './verify-media-store.ts'

for (const kind of DATABASES) {
  describe(`the media folder on ${kind.name}`, () => {
    it('must be the same for every node', async () => {
      const test = await kind.create()
      const database = test.open()
      await verifySecretKey(database, createSecretKey(Buffer.alloc(32)), 1)
      const folder = mkdtempSync(join(tmpdir(), 'clipia-store-'))
      await verifyMediaStore(database, join(folder, 'shared'))
      await verifyMediaStore(database, join(folder, 'shared'))
      await assert.rejects(verifyMediaStore(database, join(folder, 'own')), WrongMediaStore)
      rmSync(folder, { recursive: true })
      await database.close()
      await test.remove()
    })
  })
}

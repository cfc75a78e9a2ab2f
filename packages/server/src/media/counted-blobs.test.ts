import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { migrate } from '../database/migrate.ts'
import { DATABASES } from '../testing/databases.ts'

const FOUNDATION = '0001-foundation.sql'

for (const kind of DATABASES) {
  describe(`blobs from before they were counted on ${kind.name}`, () => {
    it('are counted, stay where they lie, and are discarded if nothing names them', async () => {
      const test = await kind.create({ isMigrated: false })
      const database = test.open()
      const old = mkdtempSync(join(tmpdir(), 'clipia-old-'))
      copyFileSync(new URL(`../database/migrations/${FOUNDATION}`, import.meta.url), join(old, FOUNDATION))
      await migrate(database, 1, pathToFileURL(`${old}/`))
      for (const blob of ['used', 'unused']) {
        await database.write('INSERT INTO blobs (blob, size_bytes, created_at) VALUES ($1, 5, 7)', [blob])
      }
      for (const name of ['one', 'two']) {
        await database.write(
          `INSERT INTO media (name, blob, account_id, request_id, content_type, created_at)
           VALUES ($1, 'used', 'a', 'r', 'image/png', 8)`,
          [name],
        )
      }
      await migrate(database, 2)
      const blobs = await database.read(
        'SELECT blob, location, size_bytes, uses, unused_since FROM blobs ORDER BY blob',
      )
      assert.deepEqual(
        blobs.map((row) => ({ ...row })),
        [
          { blob: 'unused', location: 'unused', size_bytes: 5, uses: 0, unused_since: 7 },
          { blob: 'used', location: 'used', size_bytes: 5, uses: 2, unused_since: null },
        ],
      )
      assert.equal((await database.read("SELECT name FROM media WHERE blob = 'used'")).length, 2)
      await database.close()
      await test.remove()
      rmSync(old, { recursive: true })
    })
  })
}

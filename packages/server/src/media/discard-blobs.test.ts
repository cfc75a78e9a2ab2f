import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Database } from '../database/database.ts'
import { createIdentifiers } from '../identifiers.ts'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts'
import { createMortalDatabase, NodeDied } from '../testing/mortal-database.ts'
import { createRandom } from '../testing/random.ts'
import { type BlobFolder, openBlobFolder } from './blob-folder.ts'
import { releaseBlobs, useBlobs } from './blob-uses.ts'
import { discardBlobs } from './discard-blobs.ts'
import { createMediaStore } from './store.ts'

const HOUR = 3_600_000

for (const kind of DATABASES) {
  describe(`discarding blobs on ${kind.name}`, () => {
    let test: TestDatabase
    let database: Database
    let clock: ManualClock
    let path: string
    let folder: BlobFolder
    let nextName = 0
    beforeEach(async () => {
      test = await kind.create()
      database = test.open()
      clock = createManualClock()
      path = mkdtempSync(join(tmpdir(), 'clipia-blobs-'))
      folder = await openBlobFolder(path)
    })
    afterEach(async () => {
      await database.close()
      await test.remove()
      rmSync(path, { recursive: true })
    })

    /** Puts a text into the store as a node does whose database may die. */
    async function put(text: string, node: Database = database): Promise<string> {
      const file = join(path, 'work', `file-${nextName++}`)
      writeFileSync(file, text)
      const store = createMediaStore({ folder, database: node, clock, identifiers: createIdentifiers(clock) })
      return (await store.put(file)).blob
    }

    /** Names a blob to the world, as the end of a generation does. */
    async function use(blob: string, node: Database = database): Promise<string> {
      const name = `name-${nextName++}`
      await node.transaction(async (tx) => {
        await useBlobs(tx, [blob])
        await tx.query(
          `INSERT INTO media (name, blob, account_id, request_id, content_type, created_at)
           VALUES ($1, $2, 'a', 'r', 'image/png', 0)`,
          [name, blob],
        )
      })
      return name
    }

    async function release(name: string, node: Database = database): Promise<void> {
      await node.transaction(async (tx) => {
        const rows = await tx.query<{ blob: string }>('DELETE FROM media WHERE name = $1 RETURNING blob', [name])
        await releaseBlobs(
          tx,
          rows.map((row) => row.blob),
          clock.now(),
        )
      })
    }

    const discard = (node: Database = database, over: Partial<BlobFolder> = {}) =>
      discardBlobs({ database: node, folder: { ...folder, ...over }, clock })

    const filesOnDisk = () =>
      readdirSync(folder.root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)

    /** Every name has its bytes, every count is right, and nothing lies on disk that no row knows of. */
    async function assertWhole(): Promise<void> {
      const names = await database.read<{ name: string; location: string }>(
        'SELECT m.name, b.location FROM media m LEFT JOIN blobs b ON b.blob = m.blob',
      )
      for (const { name, location } of names) assert.notEqual(await folder.sizeOf(location), null, name)
      const counts = await database.read(
        'SELECT blob FROM blobs b WHERE uses <> (SELECT count(*) FROM media m WHERE m.blob = b.blob)',
      )
      assert.deepEqual(counts, [])
      const rows = await database.read<{ location: string }>(
        'SELECT location FROM blobs UNION ALL SELECT location FROM discarded_blobs',
      )
      const known = new Set(rows.map((row) => row.location))
      for (const file of filesOnDisk()) assert.ok(known.has(file), `${file} has no row`)
    }

    it('takes bytes away a day after their last use, and never what is used', async () => {
      const [kept, unused, shared] = [await put('kept'), await put('unused'), await put('shared')]
      await use(kept)
      const [first, second] = [await use(shared), await use(shared)]
      clock.advance(20 * HOUR)
      await release(first)
      await discard()
      assert.equal(filesOnDisk().length, 3)
      clock.advance(5 * HOUR)
      await release(second)
      await discard()
      assert.deepEqual(
        filesOnDisk()
          .map((file) => file.split('-')[0])
          .sort(),
        [kept, shared].sort(),
      )
      assert.notEqual(unused, kept)
      clock.advance(23 * HOUR)
      await discard()
      assert.equal(filesOnDisk().length, 2)
      clock.advance(HOUR)
      await discard()
      assert.deepEqual(
        filesOnDisk().map((file) => file.split('-')[0]),
        [kept],
      )
      await assertWhole()
    })

    it('gives bytes that are put again another whole day', async () => {
      await put('again')
      clock.advance(23 * HOUR)
      await put('again')
      clock.advance(23 * HOUR)
      await discard()
      assert.equal(filesOnDisk().length, 1)
    })

    it('never takes away bytes that were put again between the decision and the deed', async () => {
      const blob = await put('phoenix')
      clock.advance(24 * HOUR)
      await discard(database, {
        async remove(location) {
          assert.equal(await put('phoenix'), blob)
          await use(blob)
          await folder.remove(location)
        },
      })
      const store = createMediaStore({ folder, database, clock, identifiers: createIdentifiers(clock) })
      assert.equal(await readFile(await store.locate(blob), 'utf8'), 'phoenix')
      await assertWhole()
    })

    it('refuses the use of bytes that were discarded meanwhile, with everything that hangs on it', async () => {
      const blob = await put('late')
      clock.advance(24 * HOUR)
      await discard()
      await assert.rejects(use(blob), /was discarded/)
      assert.deepEqual(await database.read('SELECT name FROM media'), [])
    })

    it('leaves nothing behind and takes nothing that is used, wherever nodes die', async () => {
      for (let death = 0; death < 12; death += 1) {
        let statements = 0
        const mortal = createMortalDatabase(
          database,
          () => statements++ === death,
          () => false,
        )
        const life = async () => {
          const blob = await put(`life ${death}`, mortal)
          const name = await use(blob, mortal)
          await release(name, mortal)
          clock.advance(24 * HOUR)
          await discard(mortal)
        }
        await life().catch((error: unknown) => assert.ok(error instanceof NodeDied))
        await assertWhole()
      }
      await database.write('DELETE FROM media')
      await database.write('UPDATE blobs SET uses = 0, unused_since = $1', [clock.now()])
      clock.advance(24 * HOUR)
      await discard()
      assert.deepEqual(filesOnDisk(), [])
      assert.deepEqual(await database.read('SELECT location FROM discarded_blobs'), [])
    })

    it('holds while nodes put, use, release and discard the same bytes at once', async () => {
      const nodes = kind.name === 'SQLite' ? [database] : [database, test.open(), test.open()]
      const random = createRandom(7)
      for (let round = 0; round < 30; round += 1) {
        clock.advance(24 * HOUR)
        const actors = Array.from({ length: 12 }, async () => {
          const node = random.pick(nodes)
          if (random.chance(0.3)) return discard(node)
          const name = await use(await put(random.pick(['one', 'two', 'three']), node), node)
          if (random.chance(0.8)) await release(name, node)
        })
        await Promise.all(actors)
        await assertWhole()
        if (random.chance(0.5)) {
          for (const { name } of await database.read<{ name: string }>('SELECT name FROM media')) await release(name)
        }
      }
      await Promise.all(nodes.slice(1).map((node) => node.close()))
    })
  })
}

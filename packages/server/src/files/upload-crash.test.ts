import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { createMediaStore } from '../media/store.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMortalDatabase, NodeDied } from '../testing/mortal-database.ts'
import { makePng } from '../testing/pictures.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { getFile } from './get-file.ts'
import { uploadFile } from './upload-file.ts'

const DAY = 24 * 3_600_000

for (const kind of DATABASES) {
  describe(`an upload whose node dies on ${kind.name}`, () => {
    let test: TestApp
    before(async () => {
      test = await createTestApp(kind)
    })
    after(() => test.close())

    const runDuty = (name: string) => test.app.duties.find((duty) => duty.name === name)?.run()
    const blobFiles = () =>
      readdirSync(join(test.dataDir, 'media', 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )

    it('is there whole or not at all, and leaves nothing behind', async () => {
      const { services } = test.app
      const { folder, clock, identifiers } = services
      const owner = { accountId: test.accountId, mode: 'live' } as const
      let completed = 0
      for (let death = 0; completed < 3; death += 1) {
        let statements = 0
        const isTime = () => statements++ === death
        const database = createMortalDatabase(test.database, isTime, () => false)
        const store = createMediaStore({ folder, database, clock, identifiers })
        const png = await makePng(8, 8, `rgb(${death}, 0, 0)`)
        const stream = Readable.from([png])
        const upload = uploadFile({ ...services, database, store }, owner, async (take) => ({
          fileName: 'a.png',
          taken: await take(stream),
        }))
        const file = await upload.catch((error: unknown) => assert.ok(error instanceof NodeDied))
        if (file !== undefined) {
          completed += 1
          await getFile(test.database, owner, file.fileId, clock.now())
        }
        // What a process was making when it was killed lies in its work folder: here that is swept by the next one.
        rmSync(join(test.dataDir, 'media', 'work'), { recursive: true })
        assert.deepEqual(await test.audit(), [], `after statement ${death}`)
      }
      test.clock.advance(DAY)
      await runDuty('expire-uploads')
      test.clock.advance(DAY)
      await runDuty('discard-unused')
      assert.deepEqual(await test.audit(), [])
      assert.deepEqual(blobFiles(), [])
      assert.deepEqual(await test.database.read('SELECT blob FROM blobs'), [])
    })
  })
}

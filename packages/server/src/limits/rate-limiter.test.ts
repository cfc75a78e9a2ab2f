import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { KEY_BUCKETS, takeSharedToken } from './take-shared-token.ts'
import { TOKEN, takeToken } from './token-bucket.ts'

for (const kind of DATABASES) {
  describe(`the buckets of a key on ${kind.name}`, () => {
    let test: TestApp
    let keyId: string
    beforeEach(async () => {
      test = await createTestApp(kind)
      keyId = (await test.database.read<{ key_id: string }>('SELECT key_id FROM api_keys'))[0]?.key_id ?? ''
    })
    afterEach(() => test.close())

    it('give out exactly as many tokens as they hold, to however many nodes that ask at once', async () => {
      const nodes = [test.database, test.database, ...(kind.name === 'PostgreSQL' ? [test.testDatabase.open()] : [])]
      const answers = await Promise.all(
        Array.from({ length: 90 }, (_, index) =>
          takeSharedToken(nodes[index % nodes.length] ?? test.database, KEY_BUCKETS, keyId, 30, test.clock.now()),
        ),
      )
      assert.equal(answers.filter(({ isAllowed }) => isAllowed).length, 30)
      const refused = answers.find(({ isAllowed }) => !isAllowed)
      assert.deepEqual(refused, { isAllowed: false, limit: 30, remaining: 0, resetSeconds: 60, retryAfterSeconds: 2 })
      for (const node of nodes) if (node !== test.database) await node.close()
    })

    it('refill evenly, the shared one just as the one in memory', async () => {
      const local = { level: 7 * TOKEN, updatedAt: test.clock.now() }
      for (const elapsedMs of [0, 0, 0, 1, 8_571, 1, 0, 0, 0, 0, 0, 100_000, 3, 59_999, 0, 8_570, 1, 1]) {
        test.clock.advance(elapsedMs)
        const shared = await takeSharedToken(test.database, KEY_BUCKETS, keyId, 7, test.clock.now())
        assert.deepEqual(shared, takeToken(local, 7, test.clock.now()))
      }
    })

    it('follow a changed limit at once, and a clock that is behind takes nothing away', async () => {
      const now = test.clock.now()
      await takeSharedToken(test.database, KEY_BUCKETS, keyId, 100, now)
      assert.equal((await takeSharedToken(test.database, KEY_BUCKETS, keyId, 10, now)).remaining, 9)
      assert.equal((await takeSharedToken(test.database, KEY_BUCKETS, keyId, 10, now - 60_000)).remaining, 8)
    })
  })
}

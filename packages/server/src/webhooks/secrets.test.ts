import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createAccount } from '../accounts/create-account.ts'
import type { Database } from '../database/database.ts'
import { createIdentifiers } from '../identifiers.ts'
import { createSealer } from '../secrets/sealer.ts'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { getSecrets } from './get-secrets.ts'
import { promoteSecret, ROTATION_MS, rotateSecret } from './rotate-secret.ts'
import type { SecretDependencies, SecretOwner } from './secret-row.ts'

for (const kind of DATABASES) {
  describe(`the signing secrets on ${kind.name}`, () => {
    const clock = createManualClock()
    let testDatabase: TestDatabase
    let databases: Database[]
    let of: SecretDependencies
    let live: SecretOwner
    beforeEach(async () => {
      testDatabase = await kind.create()
      databases = [testDatabase.open()]
      of = dependencies(databases[0] as Database)
      live = { accountId: await createAccount(of, 'A'), mode: 'live' }
    })
    afterEach(async () => {
      await Promise.all(databases.map((database) => database.close()))
      await testDatabase.remove()
    })

    function dependencies(database: Database): SecretDependencies {
      return {
        database,
        clock,
        identifiers: createIdentifiers(clock),
        webhookSealer: createSealer(Buffer.alloc(32, 9)),
      }
    }

    it('are one an account and mode, made once however many ask at once', async () => {
      const test: SecretOwner = { ...live, mode: 'test' }
      const other: SecretOwner = { ...live, accountId: await createAccount(of, 'B') }
      if (!of.database.capabilities.isExclusive) databases.push(testDatabase.open())
      const nodes = databases.map(dependencies)
      const asked = await Promise.all(
        Array.from({ length: 20 }, (_, n) => getSecrets(nodes[n % nodes.length] as SecretDependencies, live)),
      )
      const [secret = '', ...others] = new Set(asked.map(({ current }) => current))
      assert.deepEqual(others, [])
      assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
      const all = [secret, (await getSecrets(of, test)).current, (await getSecrets(of, other)).current]
      assert.equal(new Set(all).size, 3)
    })

    it('exist for no account that does not exist', async () => {
      await assert.rejects(getSecrets(of, { ...live, accountId: 'nobody' }), /no account nobody/)
    })

    it('are not in the database in clear', async () => {
      const { current } = await getSecrets(of, live)
      const { next } = await rotateSecret(of, live)
      const rows = JSON.stringify(await of.database.read('SELECT * FROM webhook_secrets'))
      for (const secret of [current, next]) {
        const bytes = Buffer.from(String(secret).slice('whsec_'.length), 'base64')
        for (const form of [bytes.toString('base64').slice(0, 12), bytes.toString('hex').slice(0, 12)]) {
          assert.ok(!rows.includes(form))
        }
      }
    })

    it('change 24 hours after a rotation without anybody writing anything', async () => {
      const before = await getSecrets(of, live)
      const rotated = await rotateSecret(of, live)
      assert.equal(rotated.current, before.current)
      assert.notEqual(rotated.next, before.current)
      assert.deepEqual(await getSecrets(of, live), rotated)
      clock.advance(ROTATION_MS - 1)
      assert.deepEqual(await getSecrets(of, live), rotated)
      clock.advance(1)
      const after = { current: rotated.next, next: null, nextFrom: null }
      assert.deepEqual(await getSecrets(of, live), after)
      const again = await rotateSecret(of, live)
      assert.equal(again.current, rotated.next)
    })

    it('change at once when the next one is promoted, which needs a next one', async () => {
      await assert.rejects(promoteSecret(of, live), /no next secret/)
      const { next } = await rotateSecret(of, live)
      assert.deepEqual(await promoteSecret(of, live), { current: next, next: null, nextFrom: null })
      assert.equal((await getSecrets(of, live)).current, next)
      await assert.rejects(promoteSecret(of, live), /no next secret/)
    })

    it('have the last next one when they are rotated twice', async () => {
      const first = await rotateSecret(of, live)
      clock.advance(ROTATION_MS / 2)
      const second = await rotateSecret(of, live)
      assert.equal(second.current, first.current)
      assert.notEqual(second.next, first.next)
      clock.advance(ROTATION_MS - 1)
      assert.equal((await getSecrets(of, live)).current, first.current)
    })
  })
}

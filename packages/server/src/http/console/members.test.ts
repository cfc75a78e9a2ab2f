import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Browser, createBrowser, signInAsOwner } from '../../testing/console-session.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

for (const kind of DATABASES) {
  describe(`members and what they run on ${kind.name}`, () => {
    let test: TestApp
    let owner: Browser
    beforeEach(async () => {
      test = await createTestApp(kind)
      owner = await signInAsOwner(test)
    })
    afterEach(() => test.close())

    const invite = async (email: string, role = 'member', from = owner) => {
      const { body } = await from.call('POST', '/members', { email, role })
      const browser = createBrowser(test)
      const token = String(body.url).split('#')[1]
      const redeemed = await browser.call('POST', '/links/redeem', { token, name: 'Max', password: 'battery staple' })
      assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body))
      return { browser, userId: redeemed.body.user.user_id as string }
    }

    it('join by invitation, for one email, in the role that was given', async () => {
      const { browser } = await invite('max@example.com')
      const session = (await browser.call('GET', '/session')).body
      assert.deepEqual([session.user.email, session.account.role], ['max@example.com', 'member'])
      const members = (await owner.call('GET', '/members')).body.data
      assert.deepEqual(
        members.map(({ email, role }: { email: string; role: string }) => [email, role]),
        [
          ['owner@example.com', 'owner'],
          ['max@example.com', 'member'],
        ],
      )
      assert.equal((await owner.call('POST', '/members', { email: 'MAX@example.com', role: 'owner' })).status, 409)
      for (const [method, path, body] of [
        ['POST', '/members', { email: 'x@example.com', role: 'owner' }],
        ['DELETE', `/members/${members[0].user_id}`, undefined],
        ['POST', `/members/${members[0].user_id}`, { role: 'member' }],
      ] as const) {
        assert.equal((await browser.call(method, path, body)).body.error.code, 'forbidden')
      }
    })

    it('lose everything with their membership, but the last owner stays', async () => {
      const { browser, userId } = await invite('max@example.com')
      assert.equal((await browser.call('GET', '/live/account')).status, 200)
      assert.equal((await owner.call('DELETE', `/members/${userId}`)).status, 204)
      assert.equal((await browser.call('GET', '/live/account')).status, 401)
      const keys = await test.database.read('SELECT * FROM api_keys WHERE user_id = $1 AND revoked_at IS NULL', [
        userId,
      ])
      assert.equal(keys.length, 0)
      const self = (await owner.call('GET', '/session')).body.user.user_id
      assert.equal((await owner.call('DELETE', `/members/${self}`)).body.error.code, 'conflict')
      assert.equal((await owner.call('POST', `/members/${self}`, { role: 'member' })).body.error.code, 'conflict')
    })

    it('see one account at a time, and nothing of others', async () => {
      const otherAccount = await test.makeAccount(5)
      const stranger = await signInAsOwner(test, { accountId: otherAccount, email: 'stranger@example.com' })
      const { userId } = await invite('max@example.com')
      assert.equal((await stranger.call('DELETE', `/members/${userId}`)).status, 404)
      assert.equal((await stranger.call('POST', '/session/account', { account_id: test.accountId })).status, 404)
      const both = (await stranger.call('POST', '/members', { email: 'owner@example.com', role: 'member' })).body.url
      const joined = await owner.call('POST', '/links/redeem', { token: both.split('#')[1], password: 'correct horse' })
      assert.equal(joined.body.accounts.length, 2)
      const switched = await owner.call('POST', '/session/account', { account_id: otherAccount })
      assert.deepEqual([switched.body.account.account_id, switched.body.account.role], [otherAccount, 'member'])
      assert.equal((await owner.call('GET', '/live/account')).body.balance.credits, 5)
    })

    it('run generations with a hidden key: priced, charged, limited and kept apart by mode like any other', async () => {
      const input = { prompt: 'A lighthouse' }
      const estimate = await owner.call('POST', '/live/models/canvas-1/estimate', { input })
      const submitted = await owner.call('POST', '/live/models/canvas-1', { input })
      assert.equal(submitted.status, 200, JSON.stringify(submitted.body))
      assert.equal(submitted.body.cost, estimate.body.credits)
      const id = submitted.body.request_id
      assert.equal((await owner.call('GET', `/live/requests/${id}/status`)).body.status, 'IN_QUEUE')
      assert.equal((await owner.call('GET', `/test/requests/${id}/status`)).status, 404)
      assert.equal((await owner.call('POST', '/test/models/canvas-1', { input })).body.status, 'COMPLETED')
      assert.equal((await test.call('GET', `/v1/requests/${id}/status`)).status, 200)
      assert.equal((await owner.call('GET', '/other/account')).status, 404)
      assert.ok(Number(submitted.headers['ratelimit-limit']) > 0)
      assert.deepEqual((await owner.call('GET', '/keys')).body.data.length, 2)
      assert.deepEqual(await test.audit(), [])
    })

    it('need a session for everything but signing in', async () => {
      const nobody = createBrowser(test)
      for (const path of ['/session', '/members', '/keys', '/sessions', '/live/models', '/test/account']) {
        assert.equal((await nobody.call('GET', path)).body.error.code, 'not_signed_in', path)
      }
      const withKey = await test.call('GET', '/console/v1/session')
      assert.equal(withKey.status, 401)
    })
  })
}

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createOwnerLink, createRecoveryLink } from '../../members/create-link.ts'
import { type Browser, createBrowser, signInAsOwner } from '../../testing/console-session.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const PASSWORD = 'correct horse'

for (const kind of DATABASES) {
  describe(`signing in to the console on ${kind.name}`, () => {
    let test: TestApp
    beforeEach(async () => {
      test = await createTestApp(kind)
    })
    afterEach(() => test.close())
    const errorOf = ({ status, body }: { status: number; body: { error?: { code: string; param?: string } } }) => ({
      status,
      code: body.error?.code,
      param: body.error?.param,
    })

    it('begins with a one-time link: it tells what it is for, works once, and leaves no token behind', async () => {
      const { token } = await createOwnerLink(test.app.services, test.accountId)
      const browser = createBrowser(test)
      const link = await browser.call('POST', '/links/read', { token })
      assert.deepEqual([link.body.purpose, link.body.account_name, link.body.role], ['join', 'Test', 'owner'])
      const body = { token, email: 'Owner@Example.com', name: 'Olga', password: PASSWORD }
      const redeemed = await browser.call('POST', '/links/redeem', body)
      assert.equal(redeemed.status, 200)
      assert.equal(redeemed.body.user.email, 'owner@example.com')
      assert.equal((await browser.call('GET', '/session')).body.account.role, 'owner')
      const again = await createBrowser(test).call('POST', '/links/redeem', { ...body, email: 'b@example.com' })
      assert.deepEqual(errorOf(again), { status: 400, code: 'invalid_request', param: 'token' })
      const rows = JSON.stringify([
        await test.database.read('SELECT * FROM sign_in_links'),
        await test.database.read('SELECT * FROM sessions'),
        await test.database.read('SELECT * FROM credentials'),
      ])
      assert.ok(!rows.includes(token) && !rows.includes(PASSWORD))
    })

    it('lets one of two that race with the same link win', async () => {
      const { token } = await createOwnerLink(test.app.services, test.accountId)
      const redeem = (email: string) =>
        createBrowser(test).call('POST', '/links/redeem', { token, email, name: 'X', password: PASSWORD })
      const statuses = (await Promise.all([redeem('a@example.com'), redeem('b@example.com')])).map(
        ({ status }) => status,
      )
      assert.deepEqual(statuses.sort(), [200, 400])
      assert.equal((await test.database.read('SELECT * FROM users')).length, 1)
    })

    it('refuses a link after ten minutes, and says what else is wrong by its field', async () => {
      const { token } = await createOwnerLink(test.app.services, test.accountId)
      const redeem = (body: object) => createBrowser(test).call('POST', '/links/redeem', { token, ...body })
      const good = { email: 'a@example.com', name: 'A', password: PASSWORD }
      assert.equal(errorOf(await redeem({ ...good, email: 'nonsense' })).param, 'email')
      assert.equal(errorOf(await redeem({ ...good, password: 'short' })).param, 'password')
      assert.equal(errorOf(await redeem({ ...good, name: ' ' })).param, 'name')
      test.clock.advance(600_000)
      assert.equal(errorOf(await redeem(good)).param, 'token')
    })

    it('goes on with email and password, whose mistakes all look the same', async () => {
      await signInAsOwner(test)
      const browser = createBrowser(test)
      const wrong = await browser.call('POST', '/sign-in', { email: 'owner@example.com', password: 'wrong horse' })
      const unknown = await browser.call('POST', '/sign-in', { email: 'nobody@example.com', password: PASSWORD })
      assert.deepEqual(errorOf(wrong), { status: 401, code: 'invalid_credentials', param: undefined })
      assert.deepEqual(wrong.body, unknown.body)
      assert.equal((await browser.call('GET', '/session')).body.error.code, 'not_signed_in')
      assert.equal(
        (await browser.call('POST', '/sign-in', { email: ' OWNER@example.com', password: PASSWORD })).status,
        200,
      )
      assert.equal((await browser.call('GET', '/session')).body.user.name, 'Olga')
      assert.equal((await browser.call('POST', '/sign-out')).status, 204)
      assert.equal((await browser.call('GET', '/session')).status, 401)
    })

    it('bounds attempts, and takes them again later', async () => {
      await signInAsOwner(test)
      const attempt = (password: string) =>
        createBrowser(test).call('POST', '/sign-in', { email: 'owner@example.com', password })
      for (let index = 0; index < 9; index += 1) await attempt('wrong horse')
      const refused = await attempt(PASSWORD)
      assert.equal(refused.status, 429)
      assert.ok(Number(refused.headers['retry-after']) > 0)
      test.clock.advance(60_000)
      assert.equal((await attempt(PASSWORD)).status, 200)
    })

    it('takes nothing from pages of another origin', async () => {
      const owner = await signInAsOwner(test)
      assert.equal((await owner.call('GET', '/session')).status, 200)
      for (const origin of ['https://evil.example', 'null', 'http://clipia.test.evil.example']) {
        const evil = createBrowser(test, { origin })
        const answer = await evil.call('POST', '/sign-in', { email: 'owner@example.com', password: PASSWORD })
        assert.deepEqual(errorOf(answer), { status: 403, code: 'forbidden', param: undefined })
      }
    })

    it('lists sessions, ends them one by one, and ends all others with the password they knew', async () => {
      const first = await signInAsOwner(test)
      const second = createBrowser(test)
      await second.call('POST', '/sign-in', { email: 'owner@example.com', password: PASSWORD })
      const { data } = (await first.call('GET', '/sessions')).body
      assert.equal(data.length, 2)
      const other = data.find((session: { is_current: boolean }) => !session.is_current)
      assert.equal((await first.call('DELETE', `/sessions/${other.session_id}`)).status, 204)
      assert.equal((await second.call('GET', '/session')).status, 401)
      assert.equal((await first.call('DELETE', `/sessions/${other.session_id}`)).status, 404)
      await second.call('POST', '/sign-in', { email: 'owner@example.com', password: PASSWORD })
      const change = { current_password: 'wrong horse', new_password: 'battery staple' }
      assert.equal(errorOf(await first.call('POST', '/session/password', change)).param, 'current_password')
      assert.equal(
        (await first.call('POST', '/session/password', { ...change, current_password: PASSWORD })).status,
        204,
      )
      assert.equal((await first.call('GET', '/session')).status, 200)
      assert.equal((await second.call('GET', '/session')).status, 401)
    })

    it('gives who lost the password another by a link, which signs out everyone who knew the old one', async () => {
      const owner = await signInAsOwner(test)
      const { token } = await createRecoveryLink(test.app.services, 'owner@example.com')
      const browser: Browser = createBrowser(test)
      assert.equal((await browser.call('POST', '/links/read', { token })).body.purpose, 'recover')
      const short = await browser.call('POST', '/links/redeem', { token, password: 'short' })
      assert.equal(errorOf(short).param, 'password')
      assert.equal((await browser.call('POST', '/links/redeem', { token, password: 'battery staple' })).status, 200)
      assert.equal((await owner.call('GET', '/session')).status, 401)
      assert.equal((await browser.call('GET', '/session')).status, 200)
    })
  })
}

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Browser, signInAsOwner } from '../../testing/console-session.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

for (const kind of DATABASES) {
  describe(`API keys in the console on ${kind.name}`, () => {
    let test: TestApp
    let owner: Browser
    beforeEach(async () => {
      test = await createTestApp(kind)
      owner = await signInAsOwner(test)
    })
    afterEach(() => test.close())
    const find = async (keyId: string) => {
      const { data } = (await owner.call('GET', '/keys')).body
      return data.find(({ key_id }: { key_id: string }) => key_id === keyId)
    }

    it('are made with what was asked, shown once, and work at once', async () => {
      const wanted = {
        name: 'CI',
        mode: 'live',
        scopes: ['read'],
        requests_per_minute: 7,
        concurrency: 3,
        budget: 50,
        quote_above: 20,
        allowed_models: ['canvas-1'],
        expires_at: new Date(test.clock.now() + 60_000).toISOString(),
      }
      const { body } = await owner.call('POST', '/keys', wanted)
      assert.match(body.key, /^clipia_live_[0-9A-Za-z]{32}$/)
      const { key_id, prefix, created_at, ...shown } = await find(body.key_id)
      assert.deepEqual(shown, { ...wanted, spent: 0, scenario: null, revoked_at: null, last_used_at: null })
      assert.ok(body.key.startsWith(prefix) && created_at !== null && key_id === body.key_id)
      assert.ok(!JSON.stringify((await owner.call('GET', '/keys')).body).includes(body.key))
      assert.equal((await test.call('GET', '/v1/account', { key: body.key })).headers['ratelimit-limit'], '140')
      for (const duty of test.app.duties) if (duty.name === 'note-key-use') await duty.run()
      assert.equal((await find(body.key_id)).last_used_at, new Date(test.clock.now()).toISOString())
    })

    it('are refused by the field that is wrong', async () => {
      const good = { name: 'CI', mode: 'live' }
      for (const [param, body] of [
        ['mode', { ...good, mode: 'prod' }],
        ['name', { mode: 'live' }],
        ['scopes', { ...good, scopes: [] }],
        ['requests_per_minute', { ...good, requests_per_minute: 0 }],
        ['budget', { ...good, budget: 0.5 }],
        ['allowed_models', { ...good, allowed_models: ['nothing-9'] }],
        ['expires_at', { ...good, expires_at: '2020-01-01T00:00:00Z' }],
        ['quote_above', { ...good, quote_above: -1 }],
        ['scenario', { ...good, mode: 'test', scenario: 'explode' }],
        ['scenario', { ...good, scenario: 'fail' }],
        ['color', { ...good, color: 'red' }],
      ] as const) {
        const { status, body: answer } = await owner.call('POST', '/keys', body)
        assert.deepEqual([status, answer.error.param], [400, param])
      }
    })

    it('are revoked at once', async () => {
      const { body } = await owner.call('POST', '/keys', { name: 'CI', mode: 'live' })
      assert.equal((await owner.call('POST', `/keys/${body.key_id}/revoke`)).status, 204)
      const submitted = await test.submit('canvas-1', { prompt: 'x' }, { key: body.key })
      assert.equal(submitted.status, 401)
      assert.ok((await find(body.key_id)).revoked_at !== null)
    })

    it('are rotated: a new one like the old, which works until its time is up', async () => {
      const { body: old } = await owner.call('POST', '/keys', { name: 'CI', mode: 'live', budget: 50, concurrency: 2 })
      await test.submit('canvas-1', { prompt: 'x' }, { key: old.key })
      const { body: fresh } = await owner.call('POST', `/keys/${old.key_id}/rotate`, { grace_seconds: 60 })
      const { spent } = await find(old.key_id)
      const shown = await find(fresh.key_id)
      assert.deepEqual([shown.name, shown.concurrency, shown.budget], ['CI', 2, 50 - spent])
      for (const key of [old.key, fresh.key]) assert.equal((await test.call('GET', '/v1/account', { key })).status, 200)
      test.clock.advance(60_000)
      assert.equal((await test.call('GET', '/v1/account', { key: old.key })).status, 401)
      assert.equal((await test.call('GET', '/v1/account', { key: fresh.key })).status, 200)
      const again = await owner.call('POST', `/keys/${old.key_id}/rotate`, { grace_seconds: 0 })
      assert.equal(again.body.error.code, 'conflict')
      assert.equal((await owner.call('POST', `/keys/${fresh.key_id}/rotate`, { grace_seconds: 0 })).status, 200)
      assert.ok((await find(fresh.key_id)).revoked_at !== null)
      assert.deepEqual(await test.audit(), [])
    })

    it('keep their scenario and their bounds when they are rotated', async () => {
      const wanted = { name: 'CI', mode: 'test', scenario: 'fail', quote_above: 3 }
      const { body: old } = await owner.call('POST', '/keys', wanted)
      const { body: fresh } = await owner.call('POST', `/keys/${old.key_id}/rotate`, { grace_seconds: 0 })
      const { scenario, quote_above: quoteAbove } = await find(fresh.key_id)
      assert.deepEqual([scenario, quoteAbove], ['fail', 3])
      const { data } = (await owner.call('GET', `/keys/${old.key_id}/changes`)).body
      assert.deepEqual(
        data.map(({ kind }: { kind: string }) => kind),
        ['rotated', 'created'],
      )
    })

    it('change name and limits at once', async () => {
      const { body } = await owner.call('POST', '/keys', { name: 'CI', mode: 'test' })
      const change = { name: 'Nightly', requests_per_minute: 5 }
      assert.equal((await owner.call('POST', `/keys/${body.key_id}`, change)).status, 204)
      const { name, requests_per_minute: rate, concurrency } = await find(body.key_id)
      assert.deepEqual([name, rate, concurrency], ['Nightly', 5, 10])
    })

    it('have bounds of spending that are set, lifted and written down with who did it', async () => {
      const { body } = await owner.call('POST', '/keys', { name: 'CI', mode: 'live', budget: 1, quote_above: 0 })
      const change = (limits: object) => owner.call('POST', `/keys/${body.key_id}`, limits)
      const submit = () => test.submit('canvas-1', { prompt: 'x' }, { key: body.key })
      test.clock.advance(2_000)
      assert.match((await submit()).body.error.message, /above 0 this key needs a quote/)
      assert.equal((await change({ quote_above: null })).status, 204)
      test.clock.advance(2_000)
      assert.equal((await submit()).status, 200)
      assert.equal((await submit()).body.error.code, 'insufficient_credits')
      const low = await change({ budget: 0 })
      assert.deepEqual([low.status, low.body.error.param], [400, 'budget'])
      assert.match(low.body.error.message, /has spent \d credits/)
      assert.equal((await change({ budget: null })).status, 204)
      assert.equal((await submit()).status, 200)
      assert.equal((await change({ budget: null, name: 'CI' })).status, 204)
      const { data } = (await owner.call('GET', `/keys/${body.key_id}/changes`)).body
      assert.deepEqual(
        data.map(({ kind, changed_by, changes }: Record<string, unknown>) => [kind, changed_by, changes]),
        [
          ['changed', 'owner@example.com', [{ field: 'budget', before: 1, after: null }]],
          ['changed', 'owner@example.com', [{ field: 'quote_above', before: 0, after: null }]],
          ['created', 'owner@example.com', []],
        ],
      )
      assert.ok(!JSON.stringify(data).includes(body.key))
    })

    it('play another scenario, or none, as soon as that is said; live keys play none', async () => {
      const { body } = await owner.call('POST', '/keys', { name: 'CI', mode: 'test', scenario: 'slow' })
      const submit = () => test.submit('canvas-1', { prompt: 'x' }, { key: body.key })
      assert.equal((await submit()).body.status, 'IN_QUEUE')
      assert.equal((await owner.call('POST', `/keys/${body.key_id}`, { scenario: null })).status, 204)
      test.clock.advance(2_000)
      assert.equal((await submit()).body.status, 'COMPLETED')
      const { body: live } = await owner.call('POST', '/keys', { name: 'CI', mode: 'live' })
      const refused = await owner.call('POST', `/keys/${live.key_id}`, { scenario: 'slow' })
      assert.deepEqual([refused.status, refused.body.error.param], [400, 'scenario'])
    })

    it('of another account do not exist', async () => {
      const stranger = await signInAsOwner(test, { accountId: await test.makeAccount(0), email: 's@example.com' })
      const { body } = await owner.call('POST', '/keys', { name: 'CI', mode: 'live' })
      for (const [path, sent] of [
        ['', { name: 'mine' }],
        ['/revoke', undefined],
        ['/rotate', { grace_seconds: 0 }],
      ] as const) {
        assert.equal((await stranger.call('POST', `/keys/${body.key_id}${path}`, sent)).status, 404, path)
      }
      assert.equal((await stranger.call('GET', `/keys/${body.key_id}/changes`)).status, 404)
      assert.deepEqual((await stranger.call('GET', '/keys')).body.data, [])
    })
  })
}

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  CONSOLE_OPERATIONS,
  type ConsoleOperationName,
  MODES,
  OPERATIONS,
  type Operation,
  type OperationName,
  SCOPES,
  toConsolePath,
} from '@clipia/contract'
import { Value } from 'typebox/value'
import { makeKey } from '../keys/key-format.ts'
import { type Belongings, makeBelongings, type Owned } from '../testing/belongings.ts'
import { type Browser, createBrowser, ORIGIN, signInAsOwner } from '../testing/console-session.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { CallOptions, TestAnswer } from '../testing/test-app.ts'

/** An operation at the path it is served under. */
interface Row {
  name: string
  operation: Operation
  path: string
}

/** Every operation of the tables: none can be left out, and an id of a new kind fails until it has an example here. */
const KEYED: readonly Row[] = (Object.keys(OPERATIONS) as OperationName[]).map((name) => ({
  name,
  operation: OPERATIONS[name],
  path: OPERATIONS[name].path,
}))
const MIRRORED: readonly Row[] = (Object.keys(OPERATIONS) as OperationName[]).map((name) => ({
  name: `${name} of the console`,
  operation: OPERATIONS[name],
  path: toConsolePath(name),
}))
const OWN: readonly Row[] = (Object.keys(CONSOLE_OPERATIONS) as ConsoleOperationName[]).map((name) => ({
  name,
  operation: CONSOLE_OPERATIONS[name],
  path: CONSOLE_OPERATIONS[name].path,
}))

const hasId = ({ path }: Row) => path.includes('{id}')
const isEndless = ({ name }: Row) => name.startsWith('streamWebhooks')
const said = ({ status, body }: TestAnswer) => `${status} ${body?.error?.code ?? 'let in'}`

/** The path with an id of its kind, which is the word before it. */
function fill({ path }: Row, ids: Belongings, mode = 'live'): string {
  return path
    .replace('{slug}', 'remote-1')
    .replace('{mode}', mode)
    .replace(/([a-z]+)\/\{id\}/, (_all, kind: keyof Belongings) => {
      assert.ok(ids[kind] !== undefined, `no example of an id for ${path}`)
      return `${kind}/${ids[kind]}`
    })
}

for (const kind of DATABASES) {
  describe(`who is let in on ${kind.name}`, () => {
    let test: Machine
    let owned: Owned
    let strangersKey: string
    let strangersBrowser: Browser
    before(async () => {
      test = await createMachine(kind)
      owned = await makeBelongings(test)
      const accountId = await test.makeAccount(100)
      strangersKey = await test.makeKey({ mode: 'live', accountId })
      strangersBrowser = await signInAsOwner(test, { accountId, email: 'stranger@example.com' })
    })
    after(() => test.close())

    const call = ({ operation }: Row, path: string, options: CallOptions) =>
      test.call(operation.method, path, {
        ...(operation.body !== undefined && { body: operation.bodyExample ?? Value.Create(operation.body) }),
        ...options,
      })

    /** Makes every call of the rows and compares all answers at once with what must come. */
    async function expectEach(
      rows: readonly Row[],
      make: (row: Row) => Promise<TestAnswer>,
      expected: string | ((row: Row) => string),
    ): Promise<void> {
      assert.ok(rows.length > 0)
      const wrong: string[] = []
      for (const row of rows) {
        const answer = said(await make(row))
        const wanted = typeof expected === 'string' ? expected : expected(row)
        if (answer !== wanted) wrong.push(`${row.name}: ${answer} instead of ${wanted}`)
      }
      assert.deepEqual(wrong, [])
    }

    it('needs a key that opens something: none, malformed, unknown, revoked and expired ones are 401 everywhere', async () => {
      const revoked = await test.makeKey({ mode: 'live' })
      await test.database.write(
        'UPDATE api_keys SET revoked_at = $1 WHERE key_id = (SELECT max(key_id) FROM api_keys)',
        [test.clock.now()],
      )
      const expired = await test.makeKey({ mode: 'live', expiresAt: test.clock.now() + 1 })
      test.clock.advance(1)
      const unknown = makeKey('live', (length) => Buffer.alloc(length, 7))
      const headers: Record<string, string>[] = [
        {},
        { authorization: 'Bearer clipia_live_short' },
        { authorization: `Basic ${test.liveKey}` },
        { authorization: `Bearer ${test.liveKey.slice(0, -1)}` },
        { 'x-api-key': 'nonsense' },
        { authorization: `Bearer ${unknown}` },
        { authorization: `Bearer ${revoked}` },
        { 'x-api-key': expired },
        // The first header counts: a good key behind a bad one opens nothing.
        { authorization: 'Bearer wrong', 'x-api-key': test.liveKey },
      ]
      for (const each of headers) {
        await expectEach(
          KEYED,
          async (row) => {
            const answer = await call(row, fill(row, owned.ids), { key: null, headers: each })
            assert.equal(answer.headers['www-authenticate'], 'Bearer')
            return answer
          },
          '401 invalid_api_key',
        )
      }
    })

    it('needs the scope of the operation and no other', async () => {
      for (const scope of SCOPES) {
        const key = await test.makeKey({ mode: 'live', scopes: SCOPES.filter((each) => each !== scope) })
        const rows = KEYED.filter(({ operation }) => operation.scope === scope)
        await expectEach(rows, (row) => call(row, fill(row, owned.ids), { key }), '403 insufficient_scope')
      }
      const unscoped = KEYED.filter(({ operation }) => operation.scope === undefined)
      const key = await test.makeKey({ mode: 'live', scopes: ['read'] })
      for (const row of unscoped)
        assert.notEqual((await call(row, fill(row, owned.ids), { key })).status, 403, row.name)
    })

    it('shows nobody what is another account’s, nor what is of the other mode', async () => {
      const rows = KEYED.filter(hasId)
      for (const key of [strangersKey, test.testKey]) {
        await expectEach(rows, (row) => call(row, fill(row, owned.ids), { key }), '404 not_found')
        for (const row of KEYED.filter((each) => !hasId(each) && !isEndless(each))) {
          const { body } = await call(row, fill(row, owned.ids), { key })
          const text = Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body)
          // The other key of one account is told the account's own id.
          for (const id of Object.values(owned.ids).filter((each) => each !== test.accountId)) {
            assert.ok(!text.includes(id), `${row.name} tells of ${id}`)
          }
          if (key === strangersKey) assert.ok(!text.includes(test.accountId), `${row.name} tells of the account`)
        }
      }
    })

    it('needs a session in the console, from its own pages; a key is none', async () => {
      const signIn = { body: { email: 'owner@example.com', password: 'correct horse' }, key: null }
      const signedIn = await test.call('POST', '/console/v1/sign-in', { ...signIn, headers: { origin: ORIGIN } })
      const cookie = /^[^;]+/.exec([signedIn.headers['set-cookie']].flat().join())?.[0] ?? ''
      assert.equal((await owned.browser.call('DELETE', `/sessions/${signedIn.body.session_id}`)).status, 204)
      const rows = [...MIRRORED, ...OWN.filter(({ operation }) => operation.auth === 'session')]
      const ours = { origin: ORIGIN }
      for (const [key, headers] of [
        [null, ours],
        [test.liveKey, ours],
        [null, { ...ours, cookie }],
        [null, { ...ours, cookie: 'clipia.session_token=made.up' }],
      ] as const) {
        await expectEach(rows, (row) => call(row, fill(row, owned.ids), { key, headers }), '401 not_signed_in')
      }
      const changing = [...rows, ...OWN].filter(({ operation }) => operation.method !== 'GET')
      const origins: Record<string, string>[] = [{}, { origin: 'https://evil.example' }, { origin: 'null' }]
      for (const headers of origins) {
        const other = (row: Row) => call(row, fill(row, owned.ids), { key: null, headers: { cookie, ...headers } })
        await expectEach(changing, other, '403 forbidden')
      }
    })

    it('shows no member what is another account’s or of the other mode', async () => {
      const path = (row: Row, mode = 'live') => fill(row, owned.ids, mode).replace('/console/v1', '')
      const through = (browser: Browser, row: Row, mode?: string) => {
        const { method, body, bodyExample } = row.operation
        return browser.call(method, path(row, mode), body && (bodyExample ?? Value.Create(body)))
      }
      const rows = [...MIRRORED, ...OWN].filter(hasId)
      await expectEach(rows, (row) => through(strangersBrowser, row), '404 not_found')
      const inModes = [...MIRRORED, ...OWN].filter((row) => hasId(row) && row.path.includes('{mode}'))
      for (const mode of MODES.filter((each) => each !== 'live')) {
        await expectEach(inModes, (row) => through(owned.browser, row, mode), '404 not_found')
      }
      // No mode at all: refused in the path, before anything is looked for.
      for (const row of MIRRORED) assert.ok([400, 404].includes((await through(owned.browser, row, 'both')).status))
    })

    it('lets only owners do what is theirs', async () => {
      const { body } = await owned.browser.call('POST', '/members', { email: 'member@example.com', role: 'member' })
      const member = createBrowser(test)
      const token = String(body.url).split('#')[1]
      await member.call('POST', '/links/redeem', { token, name: 'Max', password: 'battery staple' })
      const rows = OWN.filter(({ operation }) => operation.role === 'owner')
      await expectEach(
        rows,
        (row) => member.call(row.operation.method, fill(row, owned.ids).replace('/console/v1', ''), {}),
        '403 forbidden',
      )
    })

    it('lets the owner of a thing in, with its key and in the browser', async () => {
      // Last, since it deletes and revokes: what is refused above is refused for the reason that is tested.
      const last = ({ operation }: Row) => (operation.method === 'DELETE' ? 1 : 0)
      const rows = [...KEYED].filter((row) => !isEndless(row)).sort((left, right) => last(left) - last(right))
      for (const row of rows) {
        const { status } = await call(row, fill(row, owned.ids), {})
        assert.ok(status !== 401 && status !== 403 && status !== 404, `${row.name}: ${status}`)
      }
      for (const row of OWN.filter((each) => hasId(each) && each.path.includes('/keys/'))) {
        const { method, body } = row.operation
        const path = fill(row, owned.ids).replace('/console/v1', '')
        const { status } = await owned.browser.call(method, path, body && Value.Create(body))
        assert.ok(status < 400 || status === 409, `${row.name}: ${status}`)
      }
    })
  })
}

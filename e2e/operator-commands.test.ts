import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { accountOf, assertError, createApi, generate, modelPath } from './testing/api.ts'
import { type Audit, assertAuditClean, ledgerOf } from './testing/books.ts'
import { runClipia } from './testing/child-process.ts'
import { createAccount, createKey } from './testing/create-account.ts'
import { DATABASES } from './testing/databases.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { startOn } from './testing/start-on.ts'
import { waitFor } from './testing/wait-for.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

interface KeyRow {
  id: string
  account: string
  mode: string
  prefix: string
  scopes: string[]
  rpm: number
  concurrency: number
  budget: number | null
  quote_above: number | null
  revoked_at: string | null
}

for (const database of DATABASES) {
  describe(`the operator's commands beside a running server on ${database.name}`, () => {
    let clipia: Clipia
    let stop = async () => {}
    before(async () => {
      ;({ clipia, stop } = await startOn(database))
    })
    after(() => stop())

    /** A command that must be refused with a line that says why. */
    async function assertRefused(because: RegExp, ...args: string[]): Promise<void> {
      const { code, stdout, stderr } = await clipia.admin(...args, '--json')
      assert.deepEqual([code, stdout], [1, ''], stderr)
      assert.match(stderr, /^clipia: .*\n$/)
      assert.match(stderr, because)
    }

    test('an account that is created starts with nothing and is listed', async () => {
      const { id } = await clipia.adminJson<{ id: string }>('accounts', 'create', '--name', 'Ænima & sons "Ltd"')
      assert.match(id, UUID)
      const accounts = await clipia.adminJson<{ id: string; name: string; credits: number; reserved: number }[]>(
        ...['accounts', 'list'],
      )
      const { id: _, name, credits, reserved } = accounts.find((account) => account.id === id) ?? {}
      assert.deepEqual([name, credits, reserved], ['Ænima & sons "Ltd"', 0, 0])
      await assertRefused(/name/, 'accounts', 'create', '--name', ' ')
    })

    test('a key works as soon as it is made, is never shown again, and is 401 as soon as it is revoked', async () => {
      const { accountId, keyId, key, api } = await createAccount(clipia, 1)
      assert.match(key, /^clipia_live_[0-9A-Za-z]{32}$/)
      assert.equal((await api.get('/v1/account')).status, 200)
      const listed = await clipia.admin('keys', 'list', '--account', accountId, '--json')
      assert.ok(!listed.stdout.includes(key))
      const [row] = JSON.parse(listed.stdout) as KeyRow[]
      assert.deepEqual([row?.id, row?.account, row?.mode, row?.rpm], [keyId, accountId, 'live', 100_000])
      assert.ok(key.startsWith(row?.prefix ?? ' ') && (row?.prefix.length ?? 99) <= 18)

      assert.deepEqual(await clipia.adminJson('keys', 'revoke', '--key', keyId), { id: keyId, revoked: true })
      const submitted = await api.post(modelPath('canvas-1'), { input: { prompt: 'Too late' } })
      assertError(submitted, 401, 'invalid_api_key')
      assert.equal((await accountOf((await createKey(clipia, accountId)).api)).balance.credits, 1)
      const [revoked] = await clipia.adminJson<KeyRow[]>('keys', 'list', '--account', accountId)
      assert.match(revoked?.revoked_at ?? '', /Z$/)
      await assertRefused(/key/, 'keys', 'revoke', '--key', 'nonsense')
    })

    test('changed limits of a key count at once', async () => {
      const { keyId, api } = await createAccount(clipia, 0)
      assert.equal((await api.get('/v1/account')).headers.get('ratelimit-limit'), '2000000')
      await clipia.adminJson('keys', 'update', '--key', keyId, '--rpm', '7')
      // Another node may believe what it has looked up for a second.
      await waitFor('the new limit', async () => {
        const limit = (await api.get('/v1/account')).headers.get('ratelimit-limit')
        return limit === '140' ? true : undefined
      })
    })

    test('bounds of spending are set, lifted and written down', async () => {
      const { accountId } = await createAccount(clipia, 10)
      const create = ['keys', 'create', '--mode', 'live', '--account', accountId]
      const { id } = await clipia.adminJson<{ id: string }>(...create, '--budget', '5', '--quote-above', '2')
      const shown = async () => {
        const rows = await clipia.adminJson<KeyRow[]>('keys', 'list', '--account', accountId)
        const row = rows.find((key) => key.id === id)
        return [row?.budget, row?.quote_above]
      }
      assert.deepEqual(await shown(), [5, 2])
      await clipia.adminJson('keys', 'update', '--key', id, '--budget', 'none', '--quote-above', '7')
      assert.deepEqual(await shown(), [null, 7])
      await clipia.adminJson('keys', 'update', '--key', id, '--quote-above', 'none')
      assert.deepEqual(await shown(), [null, null])
      const { stdout } = await clipia.admin('keys', 'history', '--key', id)
      assert.match(stdout, /changed +operator +quote_above: 7 -> none\n.*budget: 5 -> none, .*\n.*created/)
      await assertRefused(/--budget/, 'keys', 'update', '--key', id, '--budget', 'much')
      await assertRefused(/test keys/, 'keys', 'update', '--key', id, '--scenario', 'slow')
    })

    test('a bad wish for a key is refused and names the flag', async () => {
      const { accountId } = await createAccount(clipia, 0)
      const create = ['keys', 'create', '--account', accountId]
      await Promise.all([
        assertRefused(/mode/, ...create, '--mode', 'both'),
        assertRefused(/scopes/, ...create, '--mode', 'live', '--scopes', 'generate,delete'),
        assertRefused(/--rpm/, ...create, '--mode', 'live', '--rpm', '-1'),
        assertRefused(/rpm/, ...create, '--mode', 'live', '--rpm', '0'),
        assertRefused(/--concurrency/, ...create, '--mode', 'live', '--concurrency', 'many'),
        assertRefused(/--expires/, ...create, '--mode', 'live', '--expires', 'soon'),
        assertRefused(/expires/, ...create, '--mode', 'live', '--expires', '2020-01-01T00:00:00Z'),
        assertRefused(/account/, 'keys', 'create', '--account', 'nonsense', '--mode', 'live'),
      ])
      assert.equal((await clipia.adminJson<KeyRow[]>('keys', 'list', '--account', accountId)).length, 1)
    })

    test('a grant counts at once, and the same reference cannot be granted twice', async () => {
      const { accountId, api } = await createAccount(clipia, 0)
      const grant = ['credits', 'grant', '--account', accountId]
      const wish = [...grant, '--credits', '25', '--reference', 'order-1', '--note', 'paid by card']
      assert.deepEqual(await clipia.adminJson(...wish), { account: accountId, granted: 25, balance: 25 })
      assert.equal((await accountOf(api)).balance.credits, 25)
      await assertRefused(/order-1/, ...wish)
      await assertRefused(/order-1/, ...grant, '--credits', '99', '--reference', 'order-1')
      const amounts = ['0', '-5', '1.5', 'ten', '1e3', '99999999999999999999']
      await Promise.all(amounts.map((amount) => assertRefused(/credits/, ...grant, '--credits', amount)))
      await assertRefused(/account/, 'credits', 'grant', '--account', 'nonsense', '--credits', '1')
      await generate(api, 'canvas-1', { prompt: 'One of 25' })
      const rows = await ledgerOf(clipia, accountId)
      assert.deepEqual(
        rows.map(({ kind, credits }) => [kind, credits]),
        [
          ['grant', 25],
          ['charge', -1],
        ],
      )
      assert.equal(rows[0]?.reference, 'order-1')
      await assertAuditClean(clipia)
    })

    test('two grants with one reference at the same time are one grant', async () => {
      const { accountId, api } = await createAccount(clipia, 0)
      const grants = Array.from({ length: 4 }, () =>
        clipia.admin('credits', 'grant', '--account', accountId, '--credits', '5', '--reference', 'once', '--json'),
      )
      const codes = (await Promise.all(grants)).map(({ code }) => code)
      assert.deepEqual(codes.toSorted(), [0, 1, 1, 1])
      assert.equal((await accountOf(api)).balance.credits, 5)
      await assertAuditClean(clipia)
    })

    test('without --json each command prints for people', async () => {
      for (const args of [['accounts', 'list'], ['keys', 'list'], ['audit'], ['models', 'check']]) {
        const { code, stdout, stderr } = await clipia.admin(...args)
        assert.equal(code, 0, stderr)
        assert.match(stdout, /\S\n$/)
        assert.throws(() => JSON.parse(stdout))
      }
    })
  })
}

describe('the audit', () => {
  let clipia: Clipia
  before(async () => {
    clipia = await startClipia()
    await generate(clipia.live, 'canvas-1', { prompt: 'To be audited' })
  })
  after(() => clipia.stop())

  function tamper(sql: string): void {
    const database = new DatabaseSync(join(clipia.dataDir, 'clipia.db'), { timeout: 5_000 })
    database.exec('PRAGMA foreign_keys = OFF')
    database.exec(sql)
    database.close()
  }

  /** The audit must fail and name, in some difference, what `subject` matches. */
  async function assertFound(subject: RegExp): Promise<void> {
    const { code, stdout, stderr } = await clipia.admin('audit', '--json')
    assert.equal(code, 1, stderr)
    const audit = JSON.parse(stdout) as Audit
    assert.equal(audit.ok, false)
    const found = audit.differences.map((difference) => `${difference.check}: ${difference.subject}`)
    assert.ok(
      found.some((line) => subject.test(line)),
      found.join('\n'),
    )
    const people = await clipia.admin('audit')
    assert.equal(people.code, 1)
    assert.match(people.stdout, /differences\n$/)
  }

  test('finds a changed amount, names the row, and is satisfied when it is put right', async () => {
    const { account_id: accountId } = await accountOf(clipia.live)
    await assertAuditClean(clipia)
    tamper("UPDATE ledger_entries SET amount = amount - 1 WHERE kind = 'charge'")
    await assertFound(new RegExp(`${accountId} live seq 2`))
    tamper("UPDATE ledger_entries SET amount = amount + 1 WHERE kind = 'charge'")
    await assertAuditClean(clipia)
  })

  for (const [what, harm, repair, subject] of [
    ['a balance', 'UPDATE balances SET balance = balance + 1', 'UPDATE balances SET balance = balance - 1', /balance/],
    ['a counter of a key', 'UPDATE api_keys SET live_count = 1', 'UPDATE api_keys SET live_count = 0', /key/],
    ['what a key spent', 'UPDATE api_keys SET spent = spent + 1', 'UPDATE api_keys SET spent = spent - 1', /key/],
    ['a price', 'UPDATE requests SET cost = cost + 1', 'UPDATE requests SET cost = cost - 1', /charged/],
    [
      'a request that asked for a webhook and is not in the outbox',
      "UPDATE requests SET webhook_url = 'https://example.com/'",
      'UPDATE requests SET webhook_url = NULL',
      /outbox|webhook/,
    ],
  ] as const) {
    test(`finds ${what} that is wrong`, async () => {
      tamper(harm)
      await assertFound(subject)
      tamper(repair)
      await assertAuditClean(clipia)
    })
  }

  test('finds a removed entry of the ledger and media that are gone', async () => {
    const media = join(clipia.dataDir, 'media')
    const file = readdirSync(media, { recursive: true, withFileTypes: true }).find((entry) => entry.isFile())
    assert.ok(file)
    rmSync(join(file.parentPath, file.name))
    await assertFound(/on disk: [0-9a-f-]{36}/)
    tamper("DELETE FROM ledger_entries WHERE kind = 'charge'")
    await assertFound(/gaps: [0-9a-f-]{36}/)
  })
})

test('the model check needs no database, and names file and line of a mistake', async () => {
  const folder = scratchFolder('models')
  const models = join(folder, 'models')
  mkdirSync(models)
  const check = (...args: string[]) =>
    runClipia(['admin', 'models', 'check', '--json', ...args], { CLIPIA_DATA_DIR: join(folder, 'data') })
  const good = await check('--models-dir', models)
  assert.equal(good.code, 0, good.stderr)
  assert.deepEqual((JSON.parse(good.stdout) as { ok: boolean; mistakes: unknown[] }).mistakes, [])
  writeFileSync(join(models, 'mine.yaml'), 'slug: mine\ntype: hologram\n')
  const bad = await check('--models-dir', models)
  assert.equal(bad.code, 1)
  const { ok, mistakes } = JSON.parse(bad.stdout) as { ok: boolean; mistakes: { file: string; line: number }[] }
  assert.equal(ok, false)
  assert.ok(mistakes.some(({ file, line }) => file.endsWith('mine.yaml') && line === 2))
  assert.deepEqual(readdirSync(folder), ['models'])
})

test('a command before the first start says so or works on an empty installation, and breaks nothing', async () => {
  const dataDir = join(scratchFolder('fresh'), 'data')
  const { code, stdout, stderr } = await runClipia(['admin', 'accounts', 'list', '--json'], {
    CLIPIA_DATA_DIR: dataDir,
  })
  assert.equal(code, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), [])
  const clipia = await startClipia({ dataDir })
  assert.equal((await accountOf(createApi(clipia.url, clipia.liveKey))).balance.credits, 1_000)
  assert.equal(await clipia.stop(), 0)
})

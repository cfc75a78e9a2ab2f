import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { accountOf, assertError, createApi } from './testing/api.ts'
import type { Audit, LedgerRow } from './testing/books.ts'
import { runClipia } from './testing/child-process.ts'
import { createAccount, createKey } from './testing/create-account.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

/** Runs `clipia serve`, which must fail with one helpful message and no trace of the inside. */
async function refusalToServe(environment: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runClipia(['serve'], { CLIPIA_PORT: '0', ...environment })
  assert.equal(code, 1, stdout)
  assert.match(stderr, /^clipia: /)
  assert.doesNotMatch(stderr, /node_modules|\n {4}at |Error:/)
  return stderr
}

describe('a server that cannot start says what to do', () => {
  let clipia: Clipia
  before(async () => {
    clipia = await startClipia()
  })
  after(() => clipia.stop())

  test('when its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const dataDir = join(scratchFolder('port'), 'data')
    const stderr = await refusalToServe({ CLIPIA_PORT: String(port), CLIPIA_DATA_DIR: dataDir })
    assert.ok(stderr.includes(`port ${port} is taken`) && stderr.includes('CLIPIA_PORT'), stderr)
    other.close()
  })

  test('when its data folder cannot be made', async () => {
    const file = join(scratchFolder('file'), 'file')
    writeFileSync(file, '')
    const stderr = await refusalToServe({ CLIPIA_DATA_DIR: join(file, 'data') })
    assert.match(stderr, /cannot be written.*CLIPIA_DATA_DIR/)
  })

  test('when another process serves its data folder', async () => {
    assert.match(await refusalToServe({ CLIPIA_DATA_DIR: clipia.dataDir }), /another Clipia is running/)
  })

  test('when the schema is newer than the program, and when the secret key is another', async () => {
    const served = await startClipia()
    await served.stop()
    const keyFile = join(served.dataDir, 'secret.key')
    const key = readFileSync(keyFile)
    writeFileSync(keyFile, `${Buffer.alloc(32, 9).toString('base64')}\n`)
    assert.match(await refusalToServe({ CLIPIA_DATA_DIR: served.dataDir }), /secret key is not the one/)
    writeFileSync(keyFile, key)
    const database = new DatabaseSync(join(served.dataDir, 'clipia.db'))
    database.exec("INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'later', 0)")
    database.close()
    assert.match(await refusalToServe({ CLIPIA_DATA_DIR: served.dataDir }), /schema 9999.*newer Clipia/)
  })

  test('when several settings are wrong, all of them', async () => {
    const stderr = await refusalToServe({
      CLIPIA_PORT: 'x',
      CLIPIA_DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/x',
      CLIPIA_LOG_LEVEL: 'loud',
      CLIPIA_TYPO: '1',
    })
    for (const name of ['CLIPIA_PORT', 'CLIPIA_SECRET_KEY', 'CLIPIA_LOG_LEVEL', 'CLIPIA_TYPO']) {
      assert.ok(stderr.includes(`${name}:`), `${name} in ${stderr}`)
    }
    assert.doesNotMatch(stderr, /hunter2/)
  })

  test('when PostgreSQL does not answer, without its password', async () => {
    const stderr = await refusalToServe({
      CLIPIA_DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/x',
      CLIPIA_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      CLIPIA_DATA_DIR: join(scratchFolder('postgres'), 'data'),
    })
    assert.match(stderr, /database is not available/)
    assert.doesNotMatch(stderr, /hunter2/)
  })
})

describe('the operator’s commands beside a running server', () => {
  let clipia: Clipia
  before(async () => {
    clipia = await startClipia()
  })
  after(() => clipia.stop())

  test('make, list, change and revoke keys; a revoked one opens nothing at once', async () => {
    const { accountId, keyId, api } = await createAccount(clipia, 5, '--name', 'spare', '--concurrency', '3')
    const [row] = await clipia.adminJson<Record<string, unknown>[]>('keys', 'list', '--account', accountId)
    assert.deepEqual([row?.id, row?.name, row?.mode, row?.concurrency], [keyId, 'spare', 'live', 3])
    assert.equal(JSON.stringify(row).includes('hash'), false)
    assert.equal((await api.get('/v1/account')).headers.get('ratelimit-limit'), '2000000')
    await clipia.adminJson('keys', 'update', '--key', keyId, '--rpm', '7')
    assert.equal((await api.get('/v1/account')).headers.get('ratelimit-limit'), '140')
    await clipia.adminJson('keys', 'revoke', '--key', keyId)
    assertError(await api.get('/v1/account'), 401, 'invalid_api_key')
    assertError(await api.post('/v1/models/canvas-1', { input: { prompt: 'x' } }), 401, 'invalid_api_key')
  })

  test('grant credits once a reference, and show every movement', async () => {
    const { accountId, api } = await createAccount(clipia, 0)
    const grant = ['credits', 'grant', '--account', accountId, '--credits', '40', '--reference', 'order-1']
    await clipia.adminJson(...grant, '--note', 'thanks')
    const again = await clipia.admin(...grant)
    assert.equal(again.code, 1)
    assert.match(again.stderr, /order-1 was granted already/)
    assert.equal((await accountOf(api)).balance.credits, 40)
    const [row] = await clipia.adminJson<LedgerRow[]>('credits', 'ledger', '--account', accountId)
    assert.deepEqual([row?.seq, row?.kind, row?.credits, row?.reference], [1, 'grant', 40, 'order-1'])
  })

  test('refuse what makes no sense in a sentence', async () => {
    const account = '01900000-0000-7000-8000-000000000000'
    for (const [args, message] of [
      [['keys', 'create', '--account', account, '--mode', 'live'], /no account/],
      [['keys', 'create', '--account', account, '--mode', 'both'], /mode must be live or test/],
      [['keys', 'create', '--account', account, '--mode', 'live', '--rpm', '1.5'], /--rpm must be a whole number/],
      [['keys', 'create', '--account', account, '--mode', 'live', '--scopes', 'all'], /scopes must be/],
      [['keys', 'create', '--account', account, '--mode', 'live', '--expires', 'soon'], /ISO 8601/],
      [['keys', 'revoke', '--key', account], /no key/],
      [['credits', 'grant', '--account', account, '--credits', '-5'], /whole number/],
      [['credits', 'grant', '--account', account, '--credits', '5'], /no account/],
      [['accounts', 'create', '--name', ''], /name must have/],
    ] as const) {
      const { code, stdout, stderr } = await clipia.admin(...args)
      assert.equal(code, 1, args.join(' '))
      assert.match(stderr, message)
      assert.equal(stdout, '')
      assert.doesNotMatch(stderr, /\n {4}at /)
    }
  })

  test('check model files, and name file and line of a mistake', async () => {
    assert.equal((await clipia.admin('models', 'check')).code, 0)
    const folder = scratchFolder('models')
    writeFileSync(join(folder, 'broken.yaml'), 'slug: broken\ntype: picture\n')
    const checked = await clipia.admin('models', 'check', '--models-dir', folder)
    assert.equal(checked.code, 1)
    assert.match(checked.stdout, /broken\.yaml:2:\d+ /)
    const { code, stdout } = await clipia.admin('models', 'check', '--models-dir', folder, '--json')
    assert.equal(code, 1)
    assert.equal((JSON.parse(stdout) as { ok: boolean }).ok, false)
  })

  test('audit: exit 0 while all is well, exit 1 and the entry when a ledger row was changed', async () => {
    const { accountId } = await createAccount(clipia, 12)
    assert.equal((await clipia.admin('audit')).code, 0)
    const database = new DatabaseSync(join(clipia.dataDir, 'clipia.db'), { timeout: 5_000 })
    database.prepare('UPDATE ledger_entries SET amount = amount + 1 WHERE account_id = ?').run(accountId)
    const { code, stdout } = await clipia.admin('audit', '--json')
    assert.equal(code, 1)
    const { differences } = JSON.parse(stdout) as Audit
    assert.ok(
      differences.some(({ subject }) => subject === `${accountId} live seq 1`),
      stdout,
    )
    assert.match(
      (await clipia.admin('audit')).stdout,
      new RegExp(`${accountId} live seq 1: expected 12000001, found 12000000`),
    )
    database.prepare('UPDATE ledger_entries SET amount = amount - 1 WHERE account_id = ?').run(accountId)
    database.close()
  })

  test('leave no key where others could read it', async () => {
    const { key } = await createKey(clipia, (await accountOf(clipia.live)).account_id)
    assert.equal((await createApi(clipia.url, key).get('/v1/account')).status, 200)
    for (const file of readdirSync(clipia.dataDir).filter((name) => name.startsWith('clipia.db'))) {
      const bytes = readFileSync(join(clipia.dataDir, file))
      for (const secret of [key, clipia.liveKey, clipia.testKey]) assert.ok(!bytes.includes(secret.slice(20)), file)
    }
    assert.ok(!(clipia.stdout() + clipia.logs()).includes(key))
  })
})

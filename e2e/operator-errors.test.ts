import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { accountOf } from './testing/api.ts'
import { assertRefused } from './testing/assert-refused.ts'
import { runClipia } from './testing/child-process.ts'
import { POSTGRESQL } from './testing/databases.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const SECRET = randomBytes(32).toString('base64')

/** A folder that was served once, and is not served now. */
async function servedFolder(): Promise<string> {
  const clipia = await startClipia()
  assert.equal(await clipia.stop(), 0)
  return clipia.dataDir
}

/** Listens on some port of 127.0.0.1. */
async function takePort(): Promise<{ port: string; release(): void }> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  return { port: String(typeof address === 'object' ? address?.port : 0), release: () => holder.close() }
}

describe('a server that cannot start says why in a line', () => {
  const folder = scratchFolder('errors')
  const settings = { CLIPIA_DATA_DIR: join(folder, 'data'), CLIPIA_PORT: '0' }

  test('when its port is taken', async () => {
    const { port, release } = await takePort()
    const taken = new RegExp(`^clipia: port ${port} is taken.*CLIPIA_PORT`)
    await assertRefused(['serve'], { ...settings, CLIPIA_PORT: port }, taken)
    await assertRefused(['serve', '--port', port], settings, taken)
    release()
  })

  test('and a first start that failed has not used up the one time the keys are shown', async (t) => {
    const dataDir = join(folder, 'second-try')
    const { port, release } = await takePort()
    t.after(release)
    await assertRefused(['serve'], { CLIPIA_DATA_DIR: dataDir, CLIPIA_PORT: port }, /is taken/)
    const clipia = await startClipia({ dataDir })
    t.after(() => clipia.stop())
    assert.equal((await accountOf(clipia.live)).balance.credits, 1_000)
  })

  test('when its address is not one of this machine', async () => {
    const environment = { CLIPIA_DATA_DIR: join(folder, 'address'), CLIPIA_PORT: '0', CLIPIA_HOST: '192.0.2.1' }
    await assertRefused(['serve'], environment, /^clipia: .*CLIPIA_HOST/)
  })

  test('when its folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    for (const dataDir of [file, join(file, 'below')]) {
      await assertRefused(['serve'], { ...settings, CLIPIA_DATA_DIR: dataDir }, /^clipia: .*CLIPIA_DATA_DIR/)
      await assertRefused(['admin', 'audit'], { CLIPIA_DATA_DIR: dataDir }, /^clipia: .*CLIPIA_DATA_DIR/)
    }
  })

  test('when the database was migrated by a newer program, which is left as it is', async () => {
    const dataDir = await servedFolder()
    const database = new DatabaseSync(join(dataDir, 'clipia.db'))
    database.exec("INSERT INTO schema_migrations (version, name, applied_at) VALUES (9001, '9001-later', 1)")
    database.close()
    const newer = /^clipia: the database has schema 9001.*newer Clipia/
    await assertRefused(['serve'], { CLIPIA_DATA_DIR: dataDir, CLIPIA_PORT: '0' }, newer)
    await assertRefused(['admin', 'accounts', 'list'], { CLIPIA_DATA_DIR: dataDir }, newer)
  })

  test('when the secret key is another, damaged, or missing', async () => {
    const dataDir = await servedFolder()
    const environment = { CLIPIA_DATA_DIR: dataDir, CLIPIA_PORT: '0' }
    const path = join(dataDir, 'secret.key')
    await assertRefused(
      ['serve'],
      { ...environment, CLIPIA_SECRET_KEY: SECRET },
      /^clipia: the secret key is not the one/,
    )
    writeFileSync(path, `${SECRET}\n`)
    await assertRefused(['serve'], environment, /^clipia: the secret key is not the one.*secret\.key|CLIPIA_SECRET_KEY/)
    writeFileSync(path, 'damaged')
    await assertRefused(['serve'], environment, /^clipia: .*secret\.key is damaged/)
  })

  test('when the database is no database', async () => {
    const dataDir = join(folder, 'no-database')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'clipia.db'), 'this is no database'.repeat(1_000))
    await assertRefused(['serve'], { CLIPIA_DATA_DIR: dataDir, CLIPIA_PORT: '0' }, /^clipia: .*clipia\.db/)
  })

  test('when PostgreSQL cannot be reached, without showing its password', async () => {
    const url = 'postgres://user:a-secret-password@127.0.0.1:9/clipia'
    const environment = { ...settings, CLIPIA_DATABASE_URL: url, CLIPIA_SECRET_KEY: SECRET }
    await assertRefused(
      ['serve'],
      environment,
      /^clipia: (?!.*a-secret-password).*(127\.0\.0\.1:9|CLIPIA_DATABASE_URL)/,
    )
  })

  test('when PostgreSQL has no such database, or was made with another secret key', async () => {
    const { environment, dispose } = await POSTGRESQL.prepare()
    try {
      const missing = { ...settings, ...environment, CLIPIA_DATABASE_URL: `${environment.CLIPIA_DATABASE_URL}_not` }
      await assertRefused(['serve'], missing, /^clipia: .*database "\w+_not" does not exist/)
      const clipia = await startClipia({ environment })
      assert.equal(await clipia.stop(), 0)
      const other = { ...settings, ...environment, CLIPIA_SECRET_KEY: SECRET }
      await assertRefused(['serve'], other, /^clipia: the secret key is not the one/)
    } finally {
      await dispose()
    }
  })

  test('when settings are wrong, all of them together', async () => {
    await assertRefused(
      ['serve', '--port', 'eighty'],
      {
        CLIPIA_DATA_DIR: join(folder, 'never-made'),
        CLIPIA_LOG_LEVEL: 'loud',
        CLIPIA_PUBLIC_URL: 'example.com',
        CLIPIA_DRAIN_SECONDS: '-1',
        CLIPIA_DATABASE_URL: 'mysql://user:a-secret-password@host/db',
        CLIPIA_SECRET_KEY: 'c2hvcnQ=',
        CLIPIA_COLOUR: 'red',
        CLIPIA_FETCH_ALLOW_PRIVATE: '10.0.0.0/99',
      },
      /^clipia: The settings are wrong:$/,
      /^ +CLIPIA_COLOUR: there is no such setting/,
      /^ +CLIPIA_PORT: "eighty" must be a whole number/,
      /^ +CLIPIA_DATABASE_URL: (?!.*a-secret-password).*postgres:\/\//,
      /^ +CLIPIA_SECRET_KEY: (?!.*c2hvcnQ).*at least 32 bytes/,
      /^ +CLIPIA_PUBLIC_URL: "example\.com" must be an http or https URL/,
      /^ +CLIPIA_FETCH_ALLOW_PRIVATE: /,
      /^ +CLIPIA_LOG_LEVEL: "loud" must be one of/,
      /^ +CLIPIA_DRAIN_SECONDS: /,
    )
    assert.ok(!readdirSync(folder).includes('never-made'), 'nothing is made with wrong settings')
  })

  test('when PostgreSQL is given without a secret key', async () => {
    const environment = { ...settings, CLIPIA_DATABASE_URL: 'postgres://127.0.0.1:9/clipia' }
    await assertRefused(
      ['serve'],
      environment,
      /The settings are wrong/,
      /CLIPIA_SECRET_KEY: needed with CLIPIA_DATABASE_URL/,
    )
  })

  test('when a model file is wrong: the file and the line', async () => {
    const models = join(folder, 'models')
    mkdirSync(models)
    writeFileSync(join(models, 'mine.yaml'), 'slug: mine\ntype: hologram\n')
    const environment = { ...settings, CLIPIA_MODELS_DIR: models }
    const { code, stdout, stderr } = await runClipia(['serve'], environment)
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^clipia: [\s\S]*mine\.yaml:2:7 type must be one of/)
    assert.doesNotMatch(stderr, /^\s+at /m)
  })
})

describe('beside a running server', () => {
  let clipia: Clipia
  before(async () => {
    clipia = await startClipia()
  })
  after(() => clipia.stop())

  test('a second one on the same folder is refused, and the first one goes on', async () => {
    await assertRefused(['serve'], clipia.environment, /^clipia: another Clipia is running on .*CLIPIA_DATA_DIR/)
    assert.equal((await accountOf(clipia.live)).balance.credits, 1_000)
  })

  test('a killed server leaves no lock behind', async () => {
    await clipia.kill()
    clipia = await startClipia({ dataDir: clipia.dataDir })
    assert.equal((await accountOf(clipia.live)).balance.credits, 1_000)
  })

  test('unknown commands and flags, and missing ones, are named', async () => {
    const cases: [args: string[], named: RegExp][] = [
      [['nonsense'], /nonsense/],
      [['serve', '--colour', 'red'], /--colour/],
      [['admin', 'accounts', 'create'], /--name/],
      [['admin', 'credits', 'grant', '--account', 'x'], /--credits/],
    ]
    for (const [args, named] of cases) {
      const { code, stdout, stderr } = await runClipia(args, clipia.environment)
      assert.deepEqual([code, stdout], [1, ''], stderr)
      assert.match(stderr, named)
      assert.doesNotMatch(stderr, /^\s+at /m)
    }
  })
})

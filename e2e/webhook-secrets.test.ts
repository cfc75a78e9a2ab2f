import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused } from './testing/assert-refused.ts'
import { createAccount } from './testing/create-account.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

interface Secret {
  secret: string
  next_secret?: string
}

let clipia: Clipia
let accountId: string
before(async () => {
  clipia = await startClipia()
  accountId = (await createAccount(clipia, 0)).accountId
})
after(() => clipia.stop())

const secretOf = (mode: string, ...flags: string[]) =>
  clipia.adminJson<Secret>('webhooks', 'secret', '--account', accountId, '--mode', mode, ...flags)

test('an operator reads, rotates and promotes the signing secret of each mode', async () => {
  const { secret } = await secretOf('live')
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  assert.deepEqual(await secretOf('live'), { secret }, 'it stays the same')
  assert.notEqual((await secretOf('test')).secret, secret)
  const rotated = await secretOf('live', '--rotate')
  assert.notEqual(rotated.secret, secret)
  const during = await secretOf('live')
  assert.deepEqual([during.secret, during.next_secret], [secret, rotated.secret])
  assert.deepEqual(await secretOf('live', '--promote'), { secret: rotated.secret })
  assert.deepEqual(await secretOf('live'), { secret: rotated.secret })

  for (const file of readdirSync(clipia.dataDir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const each of [secret, rotated.secret]) {
      assert.ok(!bytes.includes(each.slice('whsec_'.length, -1)), `a secret is in ${file.name} in clear`)
      assert.ok(!bytes.includes(Buffer.from(each.slice('whsec_'.length), 'base64')), `a secret is in ${file.name}`)
    }
  }
})

test('what is wrong with the flags is said in one line', async () => {
  const refused = (flags: string[], line: RegExp) =>
    assertRefused(['admin', 'webhooks', 'secret', '--data-dir', clipia.dataDir, ...flags], {}, line)
  await refused(['--account', accountId, '--mode', 'prod'], /--mode must be live or test/)
  await refused(['--account', 'nobody', '--mode', 'live'], /There is no account nobody/)
  await refused(['--account', accountId, '--mode', 'live', '--rotate', '--promote'], /exclude each other/)
  const { accountId: fresh } = await createAccount(clipia, 0)
  await refused(['--account', fresh, '--mode', 'live', '--promote'], /no next secret to promote/)
})

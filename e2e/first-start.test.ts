import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { accountOf, fetchAll, untilOver } from './testing/api.ts'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'
import type { WireEstimate, WireModel, WireResult, WireSubmitted } from './testing/wire.ts'

const KEY = /clipia_(live|test)_[0-9A-Za-z]{32}/

describe('a first start without a terminal', () => {
  let clipia: Clipia
  let text = ''
  before(async () => {
    clipia = await startClipia()
    text = readFileSync(join(clipia.dataDir, 'first-start.txt'), 'utf8')
  })
  after(() => clipia.stop())

  test('announces a file only its owner can read, and prints no key', () => {
    const path = join(clipia.dataDir, 'first-start.txt')
    assert.ok(clipia.stdout().includes(path), clipia.stdout())
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.match(text, KEY)
    assert.doesNotMatch(clipia.stdout() + clipia.logs(), KEY)
  })

  test('keeps the data folder and the secret key from other users', () => {
    assert.equal(statSync(clipia.dataDir).mode & 0o077, 0)
    assert.equal(statSync(join(clipia.dataDir, 'secret.key')).mode & 0o777, 0o600)
  })

  test('makes one account with 1,000 credits, whose id the file names', async () => {
    const account = await accountOf(clipia.live)
    assert.deepEqual(account.balance, { credits: 1_000, reserved: 0 })
    assert.deepEqual(account.usage_30d, { requests: 0, credits_spent: 0 })
    assert.ok(text.includes(account.account_id))
  })

  test('the commands it shows work as they are written', async () => {
    const script = text.slice(text.indexOf('export CLIPIA_KEY='))
    const [exportLine = '', ...commands] = script
      .split('\n\n')
      .map((block) => block.replace(/^\s*#.*\n/, '').trim())
      .filter((block) => block !== '')
    assert.equal(commands.length, 5, script)
    const run = async <T>(command: string): Promise<T> => {
      const { code, stdout, stderr } = await startProcess('sh', ['-c', `${exportLine}\n${command}`]).ended
      assert.equal(code, 0, stderr)
      return JSON.parse(stdout) as T
    }
    const [list = '', estimate = '', submit = '', result = '', generate = ''] = commands
    const { data } = await run<{ data: WireModel[] }>(list)
    assert.ok(data.some(({ slug }) => slug === 'canvas-1'))
    assert.equal((await run<WireEstimate>(estimate)).credits, 1)
    const submitted = await run<WireSubmitted>(submit)
    assert.equal(submitted.status, 'IN_QUEUE')
    await untilOver(clipia.live, submitted.request_id)
    const made = await run<WireResult>(result.replace('<request_id>', submitted.request_id))
    assert.equal(made.status, 'COMPLETED')
    const [image] = made.output?.images ?? []
    assert.equal((await fetchAll(image?.url ?? '')).status, 200)
    assert.equal((await run<WireResult>(generate)).status, 'COMPLETED')
  })
})

test('a second start shows no keys and keeps the account', async () => {
  const first = await startClipia()
  const before = await accountOf(first.live)
  assert.equal(await first.stop(), 0)
  const second = await startClipia({ dataDir: first.dataDir })
  assert.match(
    second.stdout(),
    /^Clipia serves http:\/\/127\.0\.0\.1:\d+ \(reference: http:\/\/127\.0\.0\.1:\d+\/docs\)$/m,
  )
  assert.doesNotMatch(second.stdout() + second.logs(), KEY)
  assert.deepEqual(await accountOf(second.live), before)
  const accounts = await second.adminJson<unknown[]>('accounts', 'list')
  assert.equal(accounts.length, 1)
  assert.equal(await second.stop(), 0)
})

const hasScript = existsSync('/usr/bin/script')

test('on a terminal the keys are shown once, and left in no file', {
  skip: !hasScript && 'needs script(1)',
}, async () => {
  const folder = scratchFolder('terminal')
  const dataDir = join(folder, 'data')
  const settings = { CLIPIA_DATA_DIR: dataDir, CLIPIA_PORT: '0' }

  const serveOnTerminal = async (): Promise<string> => {
    const pidFile = join(folder, 'pid')
    const command = `echo $$ > '${pidFile}'; exec '${process.execPath}' '${CLIPIA_COMMAND}' serve`
    const terminal = startProcess('script', ['-qec', command, '/dev/null'], settings)
    const url = await waitFor('the announcement', () => /Clipia serves (http:\/\/[\d.:]+)/.exec(terminal.stdout())?.[1])
    await waitFor('readiness', async () => ((await fetchAll(`${url}/readyz`)).status === 200 ? true : undefined))
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM')
    assert.equal((await terminal.ended).code, 0)
    return terminal.stdout()
  }

  const shown = await serveOnTerminal()
  assert.match(shown, /live key\s+clipia_live_[0-9A-Za-z]{32}/)
  assert.match(shown, /test key\s+clipia_test_[0-9A-Za-z]{32}/)
  assert.ok(!existsSync(join(dataDir, 'first-start.txt')))
  assert.doesNotMatch(await serveOnTerminal(), KEY)
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { type Agent, openAgent, type Used } from './testing/agent.ts'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { POSTGRESQL } from './testing/databases.ts'
import { openRelay } from './testing/relay.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

const LIMIT_MS = 25_000

/** Calls a tool and holds it to the limit. */
async function useInTime(agent: Agent, tool: string, args: Record<string, unknown>): Promise<Used> {
  const start = performance.now()
  const used = await agent.use(tool, args)
  const tookMs = performance.now() - start
  assert.ok(tookMs < LIMIT_MS, `${tool} took ${tookMs} ms`)
  return used
}

/** Makes the same call until it is taken, and once more: one generation is made of all of them. */
async function assertMadeOnce(agent: Agent, call: Record<string, unknown>): Promise<void> {
  const made = await waitFor('the call to be taken', async () => {
    const used = await agent.use('generate_image', call).catch(() => null)
    return used === null || used.isError ? undefined : used
  })
  assert.equal((await agent.use('generate_image', call)).data.request_id, made.data.request_id)
}

async function countCharges(clipia: Clipia): Promise<number> {
  const answer = await clipia.live.get('/v1/account/ledger?kind=charge')
  return answer.json<{ data: unknown[] }>().data.length
}

describe('an agent whose server has trouble', () => {
  it('is answered within 25 seconds when PostgreSQL goes silent, and buys once', async () => {
    const { environment, dispose } = await POSTGRESQL.prepare()
    const url = new URL(environment.CLIPIA_DATABASE_URL ?? '')
    const relay = await openRelay(url.hostname, Number(url.port))
    url.host = `127.0.0.1:${relay.port}`
    const clipia = await startClipia({
      environment: { ...environment, CLIPIA_DATABASE_URL: url.href },
      expectedErrors: /./,
    })
    const agent = await openAgent('HTTP', clipia.url, clipia.liveKey)
    const slow = { model: 'motion-1', input: { prompt: 'slow', duration: 4 }, wait_seconds: 0 }
    const { data: running } = await agent.use('generate_video', slow)
    const call = { model: 'canvas-1', input: { prompt: 'once' }, wait_seconds: 0 }
    assert.equal(await countCharges(clipia), 1)
    // What is known of the key is believed for a second: within it the tools themselves meet the silence.
    await agent.use('get_balance', {})
    relay.hang()
    const [waited, bought] = await Promise.all([
      useInTime(agent, 'wait_generation', { request_id: running.request_id }),
      useInTime(agent, 'generate_image', call),
    ])
    assert.ok(waited.isError && bought.isError)
    assert.equal(Object.keys(waited.data)[0], 'request_id')
    assert.match(String(waited.data.what_to_do), /wait_generation/)
    assert.match(String(bought.data.what_to_do), /exactly the same call again.*never charged twice/)
    // Now nobody can say whose key it is.
    const start = performance.now()
    await assert.rejects(agent.use('get_balance', {}), /503|takes too long|not available/)
    assert.ok(performance.now() - start < LIMIT_MS)
    relay.flow()
    await assertMadeOnce(agent, call)
    assert.equal(await countCharges(clipia), 2)
    await agent.client.close()
    await clipia.kill()
    await relay.close()
    await dispose()
  })

  it('is answered when another process holds SQLite, and buys once', async () => {
    const clipia = await startClipia({ expectedErrors: /./ })
    const agent = await openAgent('HTTP', clipia.url, clipia.liveKey)
    const holder = new DatabaseSync(join(clipia.dataDir, 'clipia.db'))
    holder.exec('BEGIN IMMEDIATE')
    const call = { model: 'canvas-1', input: { prompt: 'once' }, wait_seconds: 0 }
    const refused = await useInTime(agent, 'generate_image', call)
    assert.ok(refused.isError)
    assert.match(String(refused.data.what_to_do), /exactly the same call again.*never charged twice/)
    holder.exec('ROLLBACK')
    holder.close()
    await assertMadeOnce(agent, call)
    assert.equal(await countCharges(clipia), 1)
    await agent.client.close()
    await clipia.stop()
  })
})

describe('clipia mcp', () => {
  const hello = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  }

  it('writes only messages to stdout, refusals to stderr besides, and no key anywhere', async () => {
    const clipia = await startClipia()
    const wrong = `${clipia.testKey.slice(0, -1)}${clipia.testKey.endsWith('x') ? 'y' : 'x'}`
    const environment = { CLIPIA_KEY: wrong, CLIPIA_BASE_URL: clipia.url }
    const child = startProcess(process.execPath, [CLIPIA_COMMAND, 'mcp'], environment, undefined, 'pipe')
    child.process.stdin?.write(`${JSON.stringify(hello)}\n`)
    await waitFor('the answer', () => (child.stdout().includes('\n') ? true : undefined))
    child.process.stdin?.end()
    const { stdout, stderr } = await child.ended
    const [answer, ...rest] = stdout.trim().split('\n')
    assert.deepEqual(rest, [])
    const { id, error } = JSON.parse(answer ?? '')
    assert.equal(id, 1)
    assert.match(error.message, /malformed/)
    assert.match(stderr, /The API key is malformed/)
    assert.doesNotMatch(stdout + stderr, /clipia_test_[0-9A-Za-z]{8}/)
    await clipia.stop()
  })

  it('says what is missing and ends where there is no key, or one that would travel in clear', async () => {
    for (const [environment, expected] of [
      [{ CLIPIA_CONFIG_DIR: '/nowhere', HOME: '/nowhere' }, /No API key/],
      [{ CLIPIA_KEY: 'clipia_test_x', CLIPIA_BASE_URL: 'http://example.com' }, /https/],
    ] as const) {
      const child = startProcess(process.execPath, [CLIPIA_COMMAND, 'mcp'], environment, undefined, 'pipe')
      const [code] = await once(child.process, 'close')
      assert.notEqual(code, 0)
      assert.equal(child.stdout(), '')
      assert.match(child.stderr(), expected)
    }
  })
})

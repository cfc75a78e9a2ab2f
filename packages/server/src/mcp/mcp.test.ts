import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { revokeKey } from '../keys/revoke-key.ts'
import { connectAgent, type Told, useTool } from '../testing/agent.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { makePng } from '../testing/pictures.ts'

for (const kind of DATABASES) {
  describe(`tools for agents on ${kind.name}`, () => {
    let machine: Machine
    let url: URL

    before(async () => {
      machine = await createMachine(kind)
      url = new URL('/mcp', await machine.app.http.listen({ host: '127.0.0.1', port: 0 }))
    })
    after(() => machine.auditAndClose())

    const connect = (key: string) => connectAgent(url, key)
    async function use(key: string, name: string, args: Record<string, unknown>): Promise<Told> {
      const client = await connect(key)
      try {
        return await useTool(client, name, args)
      } finally {
        await client.close()
      }
    }

    const balance = async () => (await machine.balance()).credits
    const job = { model: 'remote-1', wait_seconds: 0 }

    it('lists the tools with true hints, output schemas and the limits of the models', async () => {
      const client = await connect(machine.liveKey)
      const { tools } = await client.listTools()
      await client.close()
      assert.deepEqual(tools.map(({ name }) => name).sort(), [
        'cancel_generation',
        'estimate_cost',
        'generate_audio',
        'generate_image',
        'generate_video',
        'get_balance',
        'get_generation',
        'get_model',
        'list_models',
        'upload_file',
        'wait_generation',
      ])
      assert.ok(tools.every(({ outputSchema }) => outputSchema !== undefined))
      const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]))
      assert.equal(hints.list_models?.readOnlyHint, true)
      assert.equal(hints.generate_image?.readOnlyHint, false)
      assert.equal(hints.cancel_generation?.destructiveHint, true)
      const image = tools.find(({ name }) => name === 'generate_image')
      assert.match(JSON.stringify(image), /canvas-1/)
      assert.match(JSON.stringify(image), /canvas-1[^;]*maximum/)
    })

    it('makes nothing that costs with a test key, and shows the whole flow', async () => {
      const before = await balance()
      const { data, links, previews } = await use(machine.testKey, 'generate_image', {
        input: { prompt: 'A lighthouse' },
      })
      assert.equal(Object.keys(data)[0], 'request_id')
      assert.equal(data.status, 'COMPLETED')
      assert.equal(data.mode, 'test')
      assert.equal(data.model_chosen, 'default')
      assert.ok(links.length >= 2)
      assert.ok(previews.length === 1 && previews[0]?.mimeType === 'image/jpeg')
      assert.ok(previews[0].bytes.length > 500 && previews[0].bytes.length <= 32 * 1024)
      assert.equal(await balance(), before)
    })

    it('buys once however often, and however parallel, the same call is made', async () => {
      const before = await balance()
      const call = { ...job, input: { prompt: 'once' } }
      const answers = await Promise.all([1, 2, 3, 4].map(() => use(machine.liveKey, 'generate_image', call)))
      answers.push(await use(machine.liveKey, 'generate_image', call))
      assert.deepEqual(new Set(answers.map(({ isError }) => isError)), new Set([false]))
      assert.equal(new Set(answers.map(({ data }) => data.request_id)).size, 1)
      assert.equal(answers.filter(({ data }) => data.replayed === false).length, 1)
      assert.equal(await balance(), before - 3)
      const another = await use(machine.liveKey, 'generate_image', { ...call, idempotency_key: 'another' })
      assert.notEqual(another.data.request_id, answers[0]?.data.request_id)
      assert.equal(await balance(), before - 6)
    })

    it('says what to call next, and when, and tells the result once it is there', async () => {
      const made = await use(machine.liveKey, 'generate_image', { ...job, input: { prompt: 'next' } })
      assert.equal(made.data.status, 'IN_QUEUE')
      assert.deepEqual(made.data.next, {
        tool: 'wait_generation',
        arguments: { request_id: made.data.request_id },
      })
      assert.ok(Number(made.data.next_poll_ms) >= 1_000)
      const canceled = await use(machine.liveKey, 'cancel_generation', { request_id: made.data.request_id })
      assert.equal(canceled.data.status, 'CANCELED')
      assert.equal(canceled.data.charged, 0)
      const waited = await use(machine.liveKey, 'wait_generation', { request_id: made.data.request_id })
      assert.equal(waited.data.status, 'CANCELED')
      const again = await use(machine.liveKey, 'generate_image', { ...job, input: { prompt: 'next' } })
      assert.equal(again.data.request_id, made.data.request_id)
      assert.match(String(again.data.another), /0 credits were kept/)
    })

    it('refuses what does not fit, names what is allowed, and buys nothing', async () => {
      const before = await balance()
      const unknown = await use(machine.liveKey, 'generate_image', {
        model: 'canvas-1',
        input: { prompt: 'x', size: 1 },
      })
      assert.equal(unknown.isError, true)
      assert.match(JSON.stringify(unknown.data), /unknown field size; canvas-1 takes prompt/)
      assert.match(String(unknown.data.what_to_do), /Nothing was done/)
      const misplaced = await use(machine.liveKey, 'generate_image', { prompt: 'x', size: 1 })
      assert.match(misplaced.text, /input is missing.*unknown argument size; this takes model, input, quote, max_cost/)
      assert.match(misplaced.text, /Nothing was done/)
      const kindOf = await use(machine.liveKey, 'generate_video', { model: 'canvas-1', input: { prompt: 'x' } })
      assert.match(JSON.stringify(kindOf.data), /call generate_image/)
      const costly = await use(machine.liveKey, 'generate_image', { ...job, input: { prompt: 'x' }, max_cost: 1 })
      assert.match(JSON.stringify(costly.data), /above max_cost 1/)
      const other = await use(machine.testKey, 'get_generation', { request_id: '0193f3a1-7c00-7000-8000-0000000000aa' })
      assert.match(JSON.stringify(other.data), /not_found/)
      assert.equal(await balance(), before)
    })

    it('asks for a quote above the threshold of the key, and takes it', async () => {
      const key = await machine.makeKey({ mode: 'live', quoteThreshold: 2 })
      const call = { ...job, input: { prompt: 'quoted' } }
      const refused = await use(key, 'generate_image', call)
      assert.match(JSON.stringify(refused.data), /above 2 this key needs a quote/)
      const { data } = await use(key, 'estimate_cost', { model: 'remote-1', input: { prompt: 'quoted' } })
      assert.equal(data.credits, 3)
      const next = data.next as { tool: string; arguments: Record<string, unknown> }
      const made = await use(key, next.tool, { ...next.arguments, wait_seconds: 0 })
      assert.equal(made.isError, false)
      assert.equal(made.data.cost, 3)
    })

    it('stops at the budget of the key, also when calls come together', async () => {
      const key = await machine.makeKey({ mode: 'live', budget: 4_000_000 })
      const prompts = ['a', 'b', 'c']
      const answers = await Promise.all(
        prompts.map((prompt) => use(key, 'generate_image', { ...job, input: { prompt } })),
      )
      assert.equal(answers.filter(({ isError }) => !isError).length, 1)
      const refused = answers.find(({ isError }) => isError)
      assert.match(String(refused?.data.what_to_do), /Nothing was bought/)
    })

    it('takes a file and answers the address for inputs', async () => {
      const data = (await makePng(8, 8)).toString('base64')
      const uploaded = await use(machine.testKey, 'upload_file', { data, file_name: 'dot.png' })
      assert.equal(uploaded.data.content_type, 'image/png')
      assert.match(String(uploaded.data.url), /\/media\//)
    })

    it('counts its messages, so that an agent in a loop is told to wait', async () => {
      const key = await machine.makeKey({ mode: 'test', requestsPerMinute: 1 })
      const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }
      const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
      const send = () => machine.call('POST', '/mcp', { key, headers, body: ping })
      for (let left = 19; left >= 0; left -= 1) {
        const { status, headers } = await send()
        assert.deepEqual([status, headers['ratelimit-remaining']], [200, String(left)])
      }
      const refused = await send()
      assert.deepEqual([refused.status, refused.body.error.code], [429, 'rate_limit_exceeded'])
      assert.ok(Number(refused.headers['retry-after']) >= 1)
    })

    it('says when to call again where a tool itself is over the rate', async () => {
      const key = await machine.makeKey({ mode: 'test', requestsPerMinute: 1 })
      const call = { model: 'canvas-1', input: { prompt: 'x' } }
      assert.equal((await use(key, 'estimate_cost', call)).isError, false)
      const refused = await use(key, 'estimate_cost', call)
      assert.ok(Number(refused.data.next_poll_ms) >= 1_000)
      assert.match(String(refused.data.what_to_do), /Nothing was done\. Wait next_poll_ms/)
    })

    it('offers the models that the key may use and no others', async () => {
      const key = await machine.makeKey({ mode: 'live', allowedModels: ['canvas-1'] })
      const client = await connect(key)
      const { tools } = await client.listTools()
      await client.close()
      const image = JSON.stringify(tools.find(({ name }) => name === 'generate_image'))
      assert.match(image, /One of: canvas-1\./)
      assert.doesNotMatch(image, /remote-1/)
    })

    it('refuses a missing, a wrong and a revoked key before anything is read, and says how to send one', async () => {
      const missing = await machine.call('POST', '/mcp', { key: null, body: {} })
      assert.equal(missing.status, 401)
      assert.equal(missing.headers['www-authenticate'], 'Bearer')
      assert.match(missing.body.error.message, /Authorization: Bearer <key>/)
      const key = await machine.makeKey({ mode: 'live' })
      const client = await connect(key)
      const rows = await machine.database.read<{ key_id: string }>(
        'SELECT key_id FROM api_keys ORDER BY created_at DESC, key_id DESC LIMIT 1',
        [],
      )
      await revokeKey(machine, String(rows[0]?.key_id))
      machine.clock.advance(2_000)
      await assert.rejects(client.callTool({ name: 'get_balance', arguments: {} }), /401|revoked/)
      await client.close()
      assert.equal((await machine.call('GET', '/mcp')).status, 405)
    })
  })
}

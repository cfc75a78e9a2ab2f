import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { accountOf } from './testing/api.ts'
import { CLIPIA_COMMAND, environmentWith } from './testing/child-process.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

/** The two ways an agent reaches a server. */
const WAYS: Record<string, (clipia: Clipia, key: string) => Transport> = {
  HTTP: ({ url }, key) =>
    new StreamableHTTPClientTransport(new URL('/mcp', url), {
      requestInit: { headers: { Authorization: `Bearer ${key}` } },
    }),
  stdio: ({ url }, key) =>
    new StdioClientTransport({
      command: process.execPath,
      args: [CLIPIA_COMMAND, 'mcp'],
      env: environmentWith({ CLIPIA_KEY: key, CLIPIA_BASE_URL: url }),
    }),
}

for (const [way, open] of Object.entries(WAYS)) {
  describe(`an agent over ${way}`, () => {
    let clipia: Clipia

    before(async () => {
      clipia = await startClipia()
    })
    after(() => clipia.stop())

    async function connect(key: string): Promise<Client> {
      const client = new Client({ name: 'agent', version: '1' })
      await client.connect(open(clipia, key))
      return client
    }

    async function use(client: Client, name: string, args: Record<string, unknown>) {
      const { structuredContent, content, isError } = await client.callTool({ name, arguments: args })
      return { data: Object(structuredContent) as Record<string, unknown>, text: JSON.stringify(content), isError }
    }

    it('sees the whole flow for free with a test key, for images and for videos', async () => {
      const client = await connect(clipia.testKey)
      for (const [tool, kind] of [
        ['generate_image', 'images'],
        ['generate_video', 'video'],
      ] as const) {
        const { data } = await use(client, tool, { input: { prompt: 'A lighthouse' } })
        assert.equal(data.status, 'COMPLETED')
        assert.ok(kind in Object(data.output))
      }
      await client.close()
    })

    it('asks the price, makes a picture, waits for it, and pays once for parallel repetitions', async () => {
      const client = await connect(clipia.liveKey)
      const input = { prompt: 'A lighthouse' }
      const price = await use(client, 'estimate_cost', { model: 'canvas-1', input })
      const before = Object((await use(client, 'get_balance', {})).data.balance).credits
      const call = { model: 'canvas-1', input, quote: price.data.quote, wait_seconds: 0 }
      const made = await Promise.all([1, 2, 3].map(() => use(client, 'generate_image', call)))
      assert.equal(new Set(made.map(({ data }) => data.request_id)).size, 1)
      let { data } = await use(client, 'wait_generation', { request_id: made[0]?.data.request_id })
      while (data.next !== undefined) ({ data } = await use(client, 'wait_generation', { request_id: data.request_id }))
      assert.equal(data.status, 'COMPLETED')
      const after = Object((await use(client, 'get_balance', {})).data.balance).credits
      assert.equal(before - after, price.data.credits)
      await client.close()
    })

    it('is told what is allowed when a parameter is wrong, and that a revoked key is one', async () => {
      const made = await clipia.adminJson<{ id: string; key: string }>(
        ...['keys', 'create', '--mode', 'live', '--account'],
        (await accountOf(clipia.live)).account_id,
      )
      const client = await connect(made.key)
      const wrong = await use(client, 'generate_image', { model: 'canvas-1', input: { prompt: 'x', colour: 1 } })
      assert.equal(wrong.isError, true)
      assert.match(wrong.text, /unknown field colour; canvas-1 takes prompt/)
      await clipia.adminJson('keys', 'revoke', '--key', made.id)
      await assert.rejects(async () => {
        // A look-up of a key is believed for a second at most.
        for (;;) await client.callTool({ name: 'get_balance', arguments: {} })
      }, /revoked|401/)
      await client.close()
    })
  })
}

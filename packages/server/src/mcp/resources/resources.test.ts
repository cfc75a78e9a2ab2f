import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Client } from '@modelcontextprotocol/client'
import { connectAgent, useTool } from '../../testing/agent.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createMachine, type Machine } from '../../testing/machine.ts'

for (const kind of DATABASES) {
  describe(`resources and prompts for agents on ${kind.name}`, () => {
    let machine: Machine
    let url: string
    let client: Client

    before(async () => {
      machine = await createMachine(kind)
      url = await machine.app.http.listen({ host: '127.0.0.1', port: 0 })
      client = await connectAgent(url, machine.liveKey)
    })
    after(async () => {
      await client.close()
      await machine.auditAndClose()
    })

    async function read(uri: string, from = client): Promise<string> {
      const [content] = (await from.readResource({ uri })).contents
      assert.ok(content !== undefined && 'text' in content)
      assert.equal(content.uri, uri)
      return content.text
    }

    it('lists the catalogue, its models, the generations and every guide, and all of it can be read', async () => {
      const { resources } = await client.listResources()
      const uris = resources.map((resource) => resource.uri)
      for (const uri of [
        'clipia://models',
        'clipia://models/canvas-1',
        'clipia://generations',
        'clipia://guides/agents',
      ]) {
        assert.ok(uris.includes(uri), uri)
      }
      assert.ok(!uris.includes('clipia://models/google%2Fimagen4'), 'a model that cannot run here is not offered')
      for (const uri of uris) assert.ok((await read(uri)).length > 2, uri)
      assert.match(await read('clipia://guides/sandbox'), /^# The sandbox/)
    })

    it('answers a model as the API does, also with a slash in its slug, and completes slugs', async () => {
      const tester = await connectAgent(url, machine.testKey)
      const model = JSON.parse(await read('clipia://models/google%2Fimagen4', tester))
      const { body } = await machine.call('GET', '/v1/models/google%2Fimagen4', { key: machine.testKey })
      assert.deepEqual(model, body)
      const { completion } = await tester.complete({
        ref: { type: 'ref/resource', uri: 'clipia://models/{slug}' },
        argument: { name: 'slug', value: 'google%2Fimagen4-u' },
      })
      assert.deepEqual(completion.values, ['google%2Fimagen4-ultra'])
      await tester.close()
    })

    it('answers the recent generations of the account and mode, and one of them', async () => {
      const call = { model: 'remote-1', input: { prompt: 'seen' }, wait_seconds: 0 }
      const { data } = await useTool(client, 'generate_image', call)
      const [newest] = JSON.parse(await read('clipia://generations')).data
      assert.equal(newest.request_id, data.request_id)
      assert.equal(JSON.parse(await read(`clipia://generations/${String(data.request_id)}`)).status, 'IN_QUEUE')
      const tester = await connectAgent(url, machine.testKey)
      assert.deepEqual(JSON.parse(await read('clipia://generations', tester)).data, [])
      await assert.rejects(read(`clipia://generations/${String(data.request_id)}`, tester), /There is no such request/)
      await tester.close()
    })

    it('refuses what is not there, and what the key may not read', async () => {
      await assert.rejects(read('clipia://models/nothing'), /There is no model nothing/)
      await assert.rejects(read('clipia://models/%zz'), /malformed/)
      await assert.rejects(read('clipia://guides/nothing'))
      const writer = await connectAgent(url, await machine.makeKey({ mode: 'live', scopes: ['generate'] }))
      await assert.rejects(read('clipia://generations', writer), /lacks the scope read/)
      await writer.close()
    })

    it('has prompts that take what people fill in, and never tell to spend unasked', async () => {
      const { prompts } = await client.listPrompts()
      assert.deepEqual(
        prompts.map(({ name }) => name),
        ['storyboard_to_shots', 'product_photo_set'],
      )
      const wanted = {
        storyboard_to_shots: { storyboard: 'Ada climbs.' },
        product_photo_set: { product: 'Ada climbs.' },
      }
      for (const [name, args] of Object.entries(wanted)) {
        const { messages } = await client.getPrompt({ name, arguments: { ...args, max_credits: '40' } })
        const text = JSON.stringify(messages)
        assert.match(text, /Ada climbs\./)
        assert.match(text, /may cost 40 credits at most/)
        assert.match(text, /Begin only when I agree/)
        assert.doesNotMatch(text, /undefined/)
        await assert.rejects(client.getPrompt({ name, arguments: {} }), /is missing/)
        await assert.rejects(client.getPrompt({ name, arguments: { ...args, mood: 'x' } }), /unknown argument mood/)
      }
      const { completion } = await client.complete({
        ref: { type: 'ref/prompt', name: 'storyboard_to_shots' },
        argument: { name: 'video_model', value: 'mo' },
      })
      assert.deepEqual(completion.values, ['motion-1'])
    })
  })
}

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Agent, openAgent, type Way } from './testing/agent.ts'
import { accountOf } from './testing/api.ts'
import { createKey } from './testing/create-account.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const WAYS: readonly Way[] = ['HTTP', 'stdio']

for (const way of WAYS) {
  describe(`an agent over ${way}`, () => {
    let clipia: Clipia
    let accountId: string
    let live: Agent
    let sandbox: Agent

    before(async () => {
      clipia = await startClipia()
      accountId = (await accountOf(clipia.live)).account_id
      live = await openAgent(way, clipia.url, clipia.liveKey)
      sandbox = await openAgent(way, clipia.url, clipia.testKey)
    })
    after(async () => {
      await Promise.all([live.client.close(), sandbox.client.close()])
      await clipia.stop()
    })

    const credits = async () => Object((await live.use('get_balance', {})).data.balance).credits as number

    it('sees the whole flow for free with a test key, for images and for videos', async () => {
      for (const [tool, kind] of [
        ['generate_image', 'images'],
        ['generate_video', 'video'],
      ] as const) {
        const { data } = await sandbox.use(tool, { input: { prompt: 'A lighthouse' } })
        assert.equal(data.status, 'COMPLETED')
        assert.ok(kind in Object(data.output))
      }
    })

    it('asks the price, makes a picture, waits for it, sees it, and pays once for parallel repetitions', async () => {
      const input = { prompt: 'A lighthouse' }
      const price = await live.use('estimate_cost', { model: 'canvas-1', input })
      const balance = await credits()
      const call = { model: 'canvas-1', input, quote: price.data.quote, wait_seconds: 0 }
      const made = await Promise.all([1, 2, 3].map(() => live.use('generate_image', call)))
      assert.equal(new Set(made.map(({ data }) => data.request_id)).size, 1)
      const [first] = made
      assert.ok(first !== undefined)
      const last = (await live.follow(first, 20)).at(-1)
      assert.equal(last?.data.status, 'COMPLETED')
      assert.match(last?.text ?? '', /"type":"image","data":"/)
      assert.equal(balance - (await credits()), price.data.credits)
    })

    it('films, and is told after each wait how it stands and what comes next', async () => {
      const balance = await credits()
      const input = { prompt: 'Waves', duration: 2, resolution: '480p' }
      const made = await live.use('generate_video', { model: 'motion-1', input })
      assert.equal(Object.keys(made.data)[0], 'request_id')
      const answers = await live.follow(made, 1)
      assert.ok(answers.length >= 2)
      for (const { data } of answers.slice(0, -1)) assert.ok(Number(data.next_poll_ms) >= 1_000)
      assert.ok(answers.length < 120, `${answers.length} answers: a wait of a second was none`)
      const { data, text } = answers.at(-1) ?? made
      assert.equal(data.status, 'COMPLETED', JSON.stringify(data))
      assert.match(text, /"mimeType":"video\/mp4","type":"resource_link"/)
      assert.ok(text.length < 10_000, 'no bytes in bulk')
      assert.equal(balance - (await credits()), data.cost)
    })

    it('waits for a slow render of the sandbox in several waits, and cancels another', async () => {
      const { key } = await createKey(clipia, accountId, '--mode', 'test', '--scenario', 'slow')
      const agent = await openAgent(way, clipia.url, key)
      const answers = await agent.follow(await agent.use('generate_video', { input: { prompt: 'slow' } }), 1)
      assert.ok(answers.length >= 4, `${answers.length} answers`)
      assert.equal(answers.at(-1)?.data.status, 'COMPLETED')
      const { data } = await agent.use('generate_video', { input: { prompt: 'not wanted' } })
      const canceled = await agent.use('cancel_generation', { request_id: data.request_id })
      const end = (await agent.follow(canceled, 5)).at(-1)
      assert.deepEqual([end?.data.status, end?.data.charged], ['CANCELED', 0])
      await agent.client.close()
    })

    it('is told what is allowed when a parameter is wrong, and buys nothing', async () => {
      const balance = await credits()
      const input = { prompt: 'x', colour: 1 }
      const wrong = await live.use('generate_image', { model: 'canvas-1', input })
      assert.ok(wrong.isError)
      assert.match(wrong.text, /unknown field colour; canvas-1 takes prompt/)
      const misplaced = await live.use('generate_image', { input: { prompt: 'x' }, seed: 1 })
      assert.match(misplaced.text, /unknown argument seed; this takes model, input/)
      assert.equal(await credits(), balance)
    })

    it('meets the bounds of its key, and goes on when they are lifted', async () => {
      const { key, keyId } = await createKey(clipia, accountId, '--budget', '1', '--quote-above', '0')
      const agent = await openAgent(way, clipia.url, key)
      const call = (prompt: string) => ({ model: 'canvas-1', input: { prompt } })
      const unquoted = await agent.use('generate_image', call('bounded'))
      assert.match(unquoted.text, /above 0 this key needs a quote/)
      const { next } = (await agent.use('estimate_cost', call('bounded'))).data as { next: { arguments: object } }
      assert.equal((await agent.use('generate_image', { ...next.arguments })).isError, false)
      await clipia.adminJson('keys', 'update', '--key', keyId, '--quote-above', '10')
      const spent = await agent.use('generate_image', call('too much'))
      assert.match(spent.text, /left of the key's budget.*Nothing was bought/)
      await clipia.adminJson('keys', 'update', '--key', keyId, '--budget', 'none')
      assert.equal((await agent.use('generate_image', call('too much'))).isError, false)
      await agent.client.close()
    })

    it('reads the catalogue, its generations and the guides, and starts from a prompt', async () => {
      const { resources } = await live.client.listResources()
      assert.ok(resources.some(({ uri }) => uri === 'clipia://models/canvas-1'))
      for (const uri of ['clipia://models', 'clipia://generations', 'clipia://guides/agents']) {
        assert.equal((await live.client.readResource({ uri })).contents.length, 1)
      }
      const args = { storyboard: 'A cat wakes up.' }
      const { messages } = await live.client.getPrompt({ name: 'storyboard_to_shots', arguments: args })
      assert.match(JSON.stringify(messages), /A cat wakes up/)
    })

    it('is told that its key is revoked', async () => {
      const { key, keyId } = await createKey(clipia, accountId)
      const agent = await openAgent(way, clipia.url, key)
      await clipia.adminJson('keys', 'revoke', '--key', keyId)
      await assert.rejects(async () => {
        // A look-up of a key is believed for a second at most.
        for (;;) await agent.client.callTool({ name: 'get_balance', arguments: {} })
      }, /revoked|401/)
      await agent.client.close()
    })
  })
}

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Client } from '@modelcontextprotocol/client'
import { connectAgent, useTool } from '../testing/agent.ts'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

/** What is chosen where no model is named, by the settings of the server. */
const CASES = [
  {
    name: 'a server with a provider',
    environment: { FAL_KEY: 'a-key-of-fal' },
    chosen: { image: 'nano-banana-2', video: 'seedance-2-fast-t2v', fromImage: 'seedance-2-fast-i2v' },
  },
  {
    name: 'a server with nothing but its own engine',
    environment: {},
    chosen: { image: 'canvas-1', video: 'motion-1', fromImage: 'motion-1' },
  },
] as const

for (const kind of DATABASES) {
  for (const { name, environment, chosen } of CASES) {
    describe(`the model an agent did not name on ${name}, ${kind.name}`, () => {
      let test: TestApp
      let client: Client
      before(async () => {
        test = await createTestApp(kind, { environment })
        client = await connectAgent(await test.app.http.listen({ host: '127.0.0.1', port: 0 }), test.testKey)
      })
      after(async () => {
        await client.close()
        await test.close()
      })

      async function choose(tool: string, input: object) {
        const { data } = await useTool(client, tool, { input })
        assert.deepEqual([data.model_chosen, data.status], ['default', 'COMPLETED'], JSON.stringify(data))
        return data.model
      }

      it('is the known default, another where a picture is given, and the answer says which', async () => {
        const prompt = 'A lighthouse'
        assert.equal(await choose('generate_image', { prompt }), chosen.image)
        assert.equal(await choose('generate_video', { prompt }), chosen.video)
        const image = 'https://example.com/lighthouse.png'
        assert.equal(await choose('generate_video', { prompt, image_url: image }), chosen.fromImage)
      })

      it('is the cheapest that takes the input where the kind has no default', async () => {
        const { data } = await useTool(client, 'list_models', { type: 'audio' })
        const models = data.data as { slug: string; available: boolean; pricing: { credits: number } }[]
        const cheapest = Math.min(...models.filter(({ available }) => available).map(({ pricing }) => pricing.credits))
        const audio = await choose('generate_audio', { prompt: 'Rain' })
        const taken = models.find(({ slug }) => slug === audio)
        assert.equal(taken?.available, true)
        assert.equal(taken?.pricing.credits, cheapest)
      })
    })
  }
}

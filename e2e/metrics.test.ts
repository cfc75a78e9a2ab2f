import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Answer, fetchAll, generate, modelPath } from './testing/api.ts'
import { DATABASES } from './testing/databases.ts'
import { startReceiver } from './testing/receiver.ts'
import type { Clipia } from './testing/start-clipia.ts'
import { startOn } from './testing/start-on.ts'
import { waitFor } from './testing/wait-for.ts'

const TOKEN = 'only-prometheus-knows-this'

for (const database of DATABASES) {
  describe(`the metrics of a process on ${database.name}`, () => {
    let clipia: Clipia
    let stop: () => Promise<void>
    let url: string
    before(async () => {
      const settings = {
        CLIPIA_METRICS_PORT: '0',
        CLIPIA_METRICS_TOKEN: TOKEN,
        CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
      }
      ;({ clipia, stop } = await startOn(database, settings))
      url = /"url":"([^"]+\/metrics)"/.exec(clipia.logs())?.[1] ?? ''
    })
    after(() => stop())
    const read = (token: string): Promise<Answer> => fetchAll(url, { headers: { authorization: `Bearer ${token}` } })

    test('are on a port of their own, to who knows the token, and not beside the API', async () => {
      assert.equal((await fetchAll(url)).status, 401)
      assert.equal((await read(clipia.liveKey)).status, 401)
      assert.equal((await fetchAll(url, { method: 'POST' })).status, 405)
      assert.equal((await fetchAll(new URL('/v1/models', url).href)).status, 404)
      assert.equal((await clipia.live.get('/metrics')).status, 404)
      const { status, headers } = await read(TOKEN)
      assert.equal(status, 200)
      assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    })

    test('tell of a picture that was really made, and of the webhook after it', async () => {
      const receiver = await startReceiver()
      await generate(clipia.live, 'canvas-1', { prompt: 'a metre' })
      const body = { input: { prompt: 'a mile' }, webhook_url: receiver.url }
      assert.equal((await clipia.test.post(modelPath('canvas-1'), body)).status, 200)
      const text = await waitFor('the webhook in the metrics', async () => {
        const { text: metrics } = await read(TOKEN)
        return metrics.includes('clipia_webhook_attempts_total{result="delivered"} 1') ? metrics : undefined
      })
      for (const line of [
        'clipia_generations_ended_total{model="canvas-1",mode="live",status="COMPLETED",code=""} 1',
        'clipia_step_duration_seconds_count{engine="local",step="starting",result="done"} 1',
        'clipia_webhook_lag_seconds_count 1',
        'clipia_webhooks_pending 0',
        'clipia_database_up 1',
      ]) {
        assert.ok(text.includes(`${line}\n`), `${line} is missing:\n${text}`)
      }
      for (const secret of [clipia.liveKey, clipia.testKey, TOKEN, 'a metre']) assert.ok(!text.includes(secret))
    })
  })
}

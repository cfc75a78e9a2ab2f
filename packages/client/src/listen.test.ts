import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from './index.ts'
import { onFastClock } from './testing/on-fast-clock.ts'
import { events, refusal, type Script, scriptedFetch } from './testing/scripted-fetch.ts'

const webhook = (id: number) => `event: webhook\nid: ${id}\ndata: {"headers":{"webhook-id":"w-${id}"},"body":"{ }"}\n\n`
const READY = 'event: ready\nid: 5\ndata: {"mode":"live"}\n\n'

function clientOn(...steps: Script[]) {
  const { fetch, sent } = scriptedFetch(...steps)
  const clipia = createClient({ apiKey: 'clipia_test_0123456789abcdef', fetch })
  return { clipia, lastIds: () => sent.map(({ headers }) => headers.get('last-event-id')), sent }
}

test('webhooks are told as they came, and a stream that was open is opened again however long the server is away', async (t) => {
  const away = Array.from({ length: 12 }, () => refusal(503, 'service_unavailable'))
  const { clipia, lastIds, sent } = clientOn(
    events(READY),
    ...away,
    events(READY, webhook(6), webhook(7)),
    events(webhook(8)),
  )
  let opened = 0
  const { value } = await onFastClock(t, async () => {
    const told = []
    for await (const event of clipia.deliveries.listen({ onReady: () => (opened += 1) })) {
      told.push(event)
      if (told.length === 3) break
    }
    return told
  })
  assert.deepEqual(value?.[0], { id: '6', headers: { 'webhook-id': 'w-6' }, body: '{ }' })
  assert.deepEqual(
    value?.map(({ id }) => id),
    ['6', '7', '8'],
  )
  assert.equal(opened, 2)
  assert.deepEqual(lastIds(), [null, ...Array(13).fill('5'), '7'])
  assert.ok(sent.every(({ url }) => url.endsWith('/v1/webhooks/events')))
})

test('a stream that never was open is given up, and a refusal is final', async (t) => {
  const down = Array.from({ length: 5 }, () => new TypeError('fetch failed'))
  const { error } = await onFastClock(t, () =>
    clientOn(...down)
      .clipia.deliveries.listen()
      .next(),
  )
  assert.equal((error as { code: string }).code, 'network_error')
  const refused = clientOn(refusal(403, 'insufficient_scope')).clipia.deliveries.listen({ lastEventId: '3' })
  await assert.rejects(refused.next(), { status: 403 })
})

test('how many webhooks are too old to be told is told, and then all the rest', async () => {
  const gap = 'event: gap\nid: 8\ndata: {"missed":3}\n\n'
  const { clipia, lastIds } = clientOn(events(READY, gap, webhook(9)))
  const missed: number[] = []
  const told = clipia.deliveries.listen({ lastEventId: '5', onGap: (count) => missed.push(count) })
  assert.equal((await told.next()).value?.id, '9')
  assert.deepEqual(missed, [3])
  assert.deepEqual(lastIds(), ['5'])
  await told.return()
})

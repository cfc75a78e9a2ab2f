import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Api, accountOf, fetchAll, modelPath, submit, untilOver } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { DATABASES, SQLITE } from './testing/databases.ts'
import { createRandom } from './testing/random.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireSubmitted } from './testing/wire.ts'

const ROUNDS = 6
const BATCH = 6

/** A submit with its idempotency key: sent until it is answered, as a careful client does. */
interface Order {
  key: string
  slug: string
  input: Record<string, unknown>
  answer: WireSubmitted | null
}

function createOrders(round: number): Order[] {
  return Array.from({ length: BATCH }, (_, index) => {
    const order = { key: `round-${round}-order-${index}`, answer: null }
    return index === 0 && round % 2 === 0
      ? { ...order, slug: 'motion-1', input: { prompt: 'Cut', resolution: '480p', duration: 2 } }
      : { ...order, slug: 'canvas-1', input: { prompt: `Round ${round}`, seed: index } }
  })
}

/** Sends all orders at once; an answer that the crash cut off is none, any other must be one and the same request. */
async function send(api: Api, orders: readonly Order[]): Promise<void> {
  const calls = orders.map(async (order) => {
    const headers = { 'idempotency-key': order.key }
    const answer = await api.post(modelPath(order.slug), { input: order.input }, headers).catch(() => null)
    if (answer === null) return
    assert.equal(answer.status, 200, answer.text)
    const submitted = answer.json<WireSubmitted>()
    if (order.answer !== null) {
      assert.equal(submitted.request_id, order.answer.request_id, `${order.key} became two requests`)
      assert.equal(answer.headers.get('idempotent-replayed'), 'true')
    }
    order.answer = submitted
  })
  await Promise.all(calls)
}

/** Every accepted request is completed with its media here, and charged once; nobody paid for anything else. */
async function assertNothingLost(clipia: Clipia, accepted: readonly WireSubmitted[]): Promise<void> {
  for (const { request_id: id, cost } of accepted) {
    const result = await untilOver(clipia.live, id)
    assert.equal(result.status, 'COMPLETED', JSON.stringify(result))
    assert.deepEqual([result.cost, result.charged], [cost, cost])
    const media = [...(result.output?.images ?? []), ...(result.output?.video ? [result.output.video] : [])]
    for (const { url } of media) assert.equal((await fetchAll(url)).status, 200)
  }
  const { account_id: accountId } = await accountOf(clipia.live)
  const charges = (await ledgerOf(clipia, accountId)).filter(({ kind }) => kind !== 'grant')
  const charged = charges.map((row) => [row.request_id, row.credits])
  const expected = accepted.map(({ request_id: id, cost }) => [id, -cost])
  assert.deepEqual(charged.toSorted(), expected.toSorted(), 'a request was charged twice, refunded, or not asked for')
  const spent = charges.reduce((sum, row) => sum - row.credits, 0)
  assert.deepEqual((await accountOf(clipia.live)).balance, { credits: 1_000 - spent, reserved: 0 })
  await assertAuditClean(clipia)
}

// With several nodes on PostgreSQL, kills are the matter of random-kills.test.ts: what a dead node had claimed waits
// there for its lease, which here would be most of the time.
describe(`a server that is killed again and again, on ${SQLITE.name}`, () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  test(`completes every order once and charges it once (seed ${seed})`, async (t) => {
    const random = createRandom(seed)
    const orders: Order[] = []
    let clipia = await startClipia()
    for (let round = 0; round < ROUNDS; round += 1) {
      const fresh = createOrders(round)
      orders.push(...fresh)
      const momentMs = Math.floor(random() * (round % 2 === 0 ? 60 : 900))
      await Promise.all([send(clipia.live, fresh), delay(momentMs).then(clipia.kill)])
      const answered = fresh.filter(({ answer }) => answer !== null).length
      t.diagnostic(`round ${round}: killed ${momentMs} ms after the first submit was sent, ${answered} were answered`)
      clipia = await startClipia({ dataDir: clipia.dataDir })
    }
    // Once more, the answered ones too: what was committed unseen must be found again, and nothing made twice.
    await send(clipia.live, orders)
    const accepted = orders.map(({ key, answer }) => answer ?? assert.fail(`${key} was not answered by a live server`))
    await assertNothingLost(clipia, accepted)
    assert.equal(await clipia.stop(), 0)
  })
})

for (const database of DATABASES) {
  test(`a server told to stop drains, exits with 0, and finishes the rest after a new start, on ${database.name}`, async () => {
    const { environment, dispose } = await database.prepare()
    try {
      const accepted: WireSubmitted[] = []
      let clipia = await startClipia({ environment })
      for (let index = 0; index < 8; index += 1) {
        accepted.push(await submit(clipia.live, 'canvas-1', { prompt: 'Before the end', num_images: 1 + (index % 2) }))
      }
      const stopped = performance.now()
      assert.equal(await clipia.stop('SIGTERM'), 0)
      assert.ok(performance.now() - stopped < 20_000, 'a drain ends within its time')
      clipia = await startClipia({ dataDir: clipia.dataDir, environment })
      await assertNothingLost(clipia, accepted)
      assert.equal(await clipia.stop('SIGINT'), 0)
    } finally {
      await dispose()
    }
  })
}

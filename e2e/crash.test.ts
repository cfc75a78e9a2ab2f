import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Api, accountOf, fetchAll, modelPath, submit, untilOver } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { DATABASES, SQLITE } from './testing/databases.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireSubmitted } from './testing/wire.ts'

const ROUNDS = 6
const BATCH = 6

/** Submits a batch, all at once, and gathers what was accepted; a call the crash cut off is no answer. */
async function submitBatch(api: Api, round: number, accepted: WireSubmitted[]): Promise<void> {
  const calls = Array.from({ length: BATCH }, async (_, index) => {
    const isVideo = index === 0 && round % 2 === 0
    const input = isVideo
      ? { prompt: 'Cut', resolution: '480p', duration: 2 }
      : { prompt: `Round ${round}`, seed: index }
    const answer = await api.post(modelPath(isVideo ? 'motion-1' : 'canvas-1'), { input }).catch(() => null)
    if (answer === null) return
    assert.equal(answer.status, 200, answer.text)
    accepted.push(answer.json<WireSubmitted>())
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
  const charged = new Map(charges.map((row) => [row.request_id, row.credits]))
  assert.equal(charged.size, charges.length, 'a request was charged twice, or refunded')
  for (const { request_id: id, cost } of accepted) assert.equal(charged.get(id), -cost)
  // What was committed without an answer reaching us is completed like the rest.
  for (const id of charged.keys()) assert.equal((await untilOver(clipia.live, id ?? '')).status, 'COMPLETED')
  const spent = charges.reduce((sum, row) => sum - row.credits, 0)
  assert.deepEqual((await accountOf(clipia.live)).balance, { credits: 1_000 - spent, reserved: 0 })
  await assertAuditClean(clipia)
}

describe(`a server that is killed again and again, on ${SQLITE.name}`, () => {
  test('completes every request it accepted and charges each once', async (t) => {
    const accepted: WireSubmitted[] = []
    let clipia = await startClipia()
    for (let round = 0; round < ROUNDS; round += 1) {
      const momentMs = Math.floor(Math.random() * (round % 2 === 0 ? 60 : 900))
      t.diagnostic(`round ${round}: killed ${momentMs} ms after the first submit was sent`)
      const batch = submitBatch(clipia.live, round, accepted)
      await delay(momentMs)
      await clipia.kill()
      await batch
      clipia = await startClipia({ dataDir: clipia.dataDir })
    }
    t.diagnostic(`${accepted.length} of ${ROUNDS * BATCH} submits were answered`)
    assert.ok(accepted.length > 0)
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

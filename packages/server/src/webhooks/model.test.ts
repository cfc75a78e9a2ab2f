import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DATABASES, type DatabaseKind } from '../testing/databases.ts'
import { createMortalDatabase, type MortalDatabase } from '../testing/mortal-database.ts'
import { createRandom } from '../testing/random.ts'
import type { Dispatcher } from './dispatcher.ts'
import { createReceiverNetwork, MOODS } from './testing/receiver-network.ts'
import { createWebhookMachine } from './testing/webhook-machine.ts'

const STEPS = { SQLite: 2_000, PostgreSQL: 800 } as const
const CHECK_EVERY = 100

interface Node {
  database: MortalDatabase
  dispatcher: Dispatcher
}

/** Lets random things happen in a random order, nodes die between any two statements, and proves what was promised. */
async function run(kind: DatabaseKind, seed: number): Promise<string> {
  const random = createRandom(seed)
  const test = await createWebhookMachine(kind)
  const posted = new Map<string, number>()
  const network = createReceiverNetwork(random, (id) => posted.set(id, (posted.get(id) ?? 0) + 1))
  let deathRate = 0.004
  let deaths = 0
  const pending = new Set<Promise<unknown>>()
  const submitted: string[] = []

  const createNode = (): Node => {
    const isTime = () => random.chance(deathRate)
    const database = createMortalDatabase(test.database, isTime, isTime)
    return { database, dispatcher: test.createNode({ database, post: network.post }) }
  }
  let nodes = [createNode(), createNode()]
  const spawn = (work: Promise<unknown>) => {
    // What a dead node or a lost answer throws is what this is about.
    const tracked: Promise<unknown> = work.catch(() => {}).finally(() => pending.delete(tracked))
    pending.add(tracked)
  }
  const settle = async () => {
    while (pending.size > 0) await Promise.all(pending)
    for (const { dispatcher } of nodes) {
      const idle = dispatcher.idle().then(() => true)
      while (!(await Promise.race([idle, new Promise((resolve) => setImmediate(resolve, false))]))) network.openGate()
    }
  }
  const check = async () => {
    assert.deepEqual(await test.audit(), [])
    const full = await test.database.read(
      `SELECT host, count(*) AS n FROM deliveries WHERE node IS NOT NULL AND due_at > $1
       GROUP BY account_id, host HAVING count(*) > 8`,
      [test.clock.now()],
    )
    assert.deepEqual(full, [], 'no endpoint has more at once than it may')
  }

  for (let step = 1; step <= STEPS[kind.name]; step += 1) {
    const event = random.below(100)
    const { dispatcher, database } = random.pick(nodes)
    if (event < 22) submitted.push(await test.submitHook(`https://${random.pick(MOODS)}.example/hook`))
    else if (event < 65) spawn(dispatcher.claim())
    else if (event < 80) test.clock.advance(random.pick([1, 900, 6_000, 31_000, 330_000]))
    else if (event < 95) network.openGate()
    else if (event < 97) spawn(redeliverAny())
    else if (event < 98)
      spawn(test.app.duties.find(({ name }) => name === 'give-up-deliveries')?.run() ?? Promise.resolve())
    else if (event < 99) database.die()
    else await settle()
    for (let turn = random.below(4); turn > 0; turn -= 1) await new Promise(setImmediate)
    nodes = nodes.map((node) => {
      if (!node.database.isDead()) return node
      deaths += 1
      return createNode()
    })
    if (step % CHECK_EVERY === 0) await check()
  }

  async function redeliverAny(): Promise<void> {
    if (submitted.length === 0) return
    const { delivery_id: id } = await test.logOf(random.pick(submitted))
    await test.call('POST', `/v1/deliveries/${id}/redeliver`, { key: test.testKey })
  }

  deathRate = 0
  network.heal()
  await settle()
  nodes = [createNode()]
  for (let round = 0; round < 200; round += 1) {
    for (const { dispatcher } of nodes) while ((await dispatcher.claim()) > 0) await dispatcher.idle()
    test.clock.advance(120_000)
  }
  await check()
  const states = new Map<string, number>()
  for (const id of submitted) {
    const { state, delivery_id: deliveryId, attempt_count: count } = await test.logOf(id)
    states.set(state, (states.get(state) ?? 0) + 1)
    assert.notEqual(state, 'pending')
    assert.ok((posted.get(deliveryId) ?? 0) >= count, 'what is in the log was sent')
    if (state === 'delivered') assert.ok((network.taken.get(deliveryId) ?? 0) >= 1, 'delivered means taken')
  }
  assert.ok(deaths > 5, `${deaths} nodes died`)
  const repeats = [...network.taken.values()].filter((times) => times > 1).length
  await test.auditAndClose()
  return `${submitted.length} webhooks, ${deaths} nodes died, ${repeats} taken more than once: ${JSON.stringify([...states])}`
}

for (const kind of DATABASES) {
  describe(`whatever happens to webhooks in whatever order on ${kind.name}`, () => {
    // One seed that never changes, and one of today's: a failure names it.
    for (const seed of [1, Math.floor(Math.random() * 2 ** 31)]) {
      it(`each is taken at least once or seen to be dead (seed ${seed})`, async (context) => {
        context.diagnostic(await run(kind, seed))
      })
    }
  })
}

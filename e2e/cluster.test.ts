import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Emulator, startEmulator } from './emulator/emulator.ts'
import { FAULTS, JOBS } from './harness/misbehaviour.ts'
import { type Api, createApi, modelPath } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { createAccount, type NewAccount } from './testing/create-account.ts'
import { POSTGRESQL, SQLITE } from './testing/databases.ts'
import { createRandom } from './testing/random.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'
import type { WireResult, WireSubmitted } from './testing/wire.ts'

const MODEL = `slug: gpu-1
type: image
name: A server of one's own
capabilities: [text-to-image]
engine: { name: http }
run_limit_seconds: 300
parameters:
  prompt: { type: string, required: true, max_length: 100 }
price:
  base: 2
`
const CAPACITY = 8
const CONCURRENCY = 3

interface Run {
  kind: typeof SQLITE
  nodes: number
  recovery: 'idempotent' | 'findable' | 'blind'
  requests: number
  kills: number
}

/** Several real processes on one database in front of one emulated server; any of them may be killed at any moment. */
class Cluster {
  readonly #settings: Record<string, string>
  readonly #dataDir = join(scratchFolder('cluster'), 'data')
  readonly nodes: Clipia[] = []

  constructor(settings: Record<string, string>) {
    this.#settings = settings
  }

  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) this.nodes.push(await this.#startNode())
  }

  #startNode(): Promise<Clipia> {
    return startClipia({ dataDir: this.#dataDir, environment: this.#settings })
  }

  async killAndRestart(index: number): Promise<void> {
    await this.nodes[index]?.kill()
    this.nodes[index] = await this.#startNode()
  }

  api(account: NewAccount, index: number): Api {
    return createApi(this.nodes[index % this.nodes.length]?.url ?? '', account.key)
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) assert.equal(await node.stop(), 0)
  }
}

/** Keys whose claimed requests are ever more than they may be, as the database shows it. */
function watchConcurrency(url: string): { stop(): Promise<number> } {
  const client = new pg.Client({ connectionString: url })
  let isStopped = false
  let most = 0
  const watching = (async () => {
    await client.connect()
    while (!isStopped) {
      const { rows } = await client.query(`SELECT count(*) AS n FROM queue WHERE stage = 'claimed' GROUP BY key_id`)
      for (const { n } of rows) most = Math.max(most, Number(n))
      await delay(20)
    }
    await client.end()
  })()
  return {
    async stop() {
      isStopped = true
      await watching
      return most
    },
  }
}

async function story(
  { kind, nodes, recovery, requests, kills }: Run,
  emulator: Emulator,
  seed: number,
): Promise<string> {
  const random = createRandom(seed)
  const { environment, dispose } = await kind.prepare()
  const models = scratchFolder('models')
  writeFileSync(join(models, 'gpu-1.yaml'), MODEL)
  const cluster = new Cluster({
    ...environment,
    CLIPIA_MODELS_DIR: models,
    CLIPIA_HTTP_ENGINE_URL: emulator.url,
    CLIPIA_HTTP_ENGINE_CAPACITY: String(CAPACITY),
    CLIPIA_HTTP_ENGINE_IDEMPOTENT: String(recovery === 'idempotent'),
    CLIPIA_HTTP_ENGINE_CAN_FIND: String(recovery === 'findable'),
    CLIPIA_LOG_LEVEL: 'fatal',
  })
  await cluster.start(nodes)
  const [first] = cluster.nodes
  assert.ok(first)
  const accounts = [
    await createAccount(first, 1_000, '--concurrency', String(CONCURRENCY)),
    await createAccount(first, 1_000, '--concurrency', String(CONCURRENCY)),
  ]
  const url = environment.CLIPIA_DATABASE_URL
  const watch = url === undefined ? null : watchConcurrency(url)

  const accepted = new Map<string, NewAccount>()
  const submit = async (index: number) => {
    const account = accounts[index % accounts.length]
    assert.ok(account)
    await waitFor(`submit ${index}`, async () => {
      const body = { input: { prompt: `request ${index}` } }
      const sent = cluster.api(account, index).post(modelPath('gpu-1'), body, { 'idempotency-key': `request-${index}` })
      const answer = await sent.catch(() => null)
      if (answer?.status !== 200) return undefined
      accepted.set(answer.json<WireSubmitted>().request_id, account)
      return true
    })
    if (random() < 0.15) {
      const [id] = [...accepted.keys()].slice(-1)
      if (id)
        await cluster
          .api(account, index + 1)
          .post(`/v1/requests/${id}/cancel`, {})
          .catch(() => null)
    }
  }
  const killing = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(200 + random() * 1_200)
      await cluster.killAndRestart(Math.floor(random() * nodes))
    }
  })()
  await Promise.all([
    killing,
    ...Array.from({ length: requests }, (_, index) => delay(index * 60).then(() => submit(index))),
  ])
  emulator.control({ faultChances: [] })

  const endings = new Map<string, number>()
  for (const [id, account] of accepted) {
    const end = await waitFor(
      `the end of ${id}`,
      async () => {
        const answer = await cluster.api(account, 0).get(`/v1/requests/${id}`)
        return answer.status === 200 ? answer.json<WireResult>() : undefined
      },
      { timeoutMs: 150_000, everyMs: 100 },
    )
    endings.set(end.status, (endings.get(end.status) ?? 0) + 1)
    const { renders } = emulator.stats()
    assert.ok((renders[id] ?? 0) <= 1, `${id} was rendered ${renders[id]} times`)
    if (end.status === 'COMPLETED') assert.deepEqual([renders[id], end.charged], [1, 2])
    else assert.equal(end.charged, 0)
  }
  assert.equal(accepted.size, requests)
  if (watch !== null) assert.ok((await watch.stop()) <= CONCURRENCY, 'the limit of a key holds over all nodes')
  const [node] = cluster.nodes
  assert.ok(node)
  await assertAuditClean(node)
  await cluster.stop()
  await dispose()
  const { calls, totalRenders, faults } = emulator.stats()
  return JSON.stringify({ endings: [...endings], totalRenders, calls, faults })
}

const RUNS: Run[] = [
  { kind: POSTGRESQL, nodes: 3, recovery: 'findable', requests: 60, kills: 4 },
  { kind: POSTGRESQL, nodes: 3, recovery: 'idempotent', requests: 40, kills: 2 },
  { kind: SQLITE, nodes: 1, recovery: 'blind', requests: 40, kills: 3 },
]

describe('nodes that are killed in front of a server that misbehaves', () => {
  for (const run of RUNS) {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const name = `${run.nodes} on ${run.kind.name} (${run.recovery}, seed ${seed})`
    test(`never buy a render twice, and every request ends with one charge or one refund: ${name}`, async (context) => {
      const emulator = await startEmulator({
        seed,
        isStartIdempotent: run.recovery === 'idempotent',
        canFind: run.recovery === 'findable',
        faultChances: FAULTS,
        jobChances: JOBS,
      })
      try {
        context.diagnostic(await story(run, emulator, seed))
      } finally {
        await emulator.close()
      }
    })
  }
})

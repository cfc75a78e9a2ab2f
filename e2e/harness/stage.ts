import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Emulator, startEmulator } from '../emulator/emulator.ts'
import { createAccount, type NewAccount } from '../testing/create-account.ts'
import { createRandom } from '../testing/random.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import type { StartOptions } from '../testing/start-clipia.ts'
import { Clients, type Order } from './clients.ts'
import { Fleet } from './fleet.ts'
import { Hooks } from './hooks.ts'
import { EMULATED_MODEL, EMULATED_SLUG, FAULTS, JOBS } from './misbehaviour.ts'
import type { Run } from './verify.ts'

/** How the emulated engine can be asked what became of a start whose answer was lost. */
export type Recovery = 'idempotent' | 'findable' | 'blind'

/** What a stage is set with. */
export interface StageOptions extends Omit<StartOptions, 'nodeFlags'> {
  seed: number
  nodes: number
  recovery: Recovery
  /** Whether the emulated engine fails by chance. */
  isEngineFlaky: boolean
}

/** Servers, clients, receivers and an engine, ready for a load. */
export interface Stage extends Run {
  random: () => number
  orders: Order[]
  /** Places one more order, drawn at random. */
  place(): Promise<void>
  close(): Promise<void>
}

const GRANT = 100_000
const ACCOUNTS = 3
/** Generations a key may have running: few, so that others wait for a slot. */
export const CONCURRENCY = 3
const CAPACITY = '16'

/** Sets a stage: processes on a fresh database, accounts with credits, receivers that fail, an engine that counts. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const { seed, nodes, recovery, isEngineFlaky, environment = {}, ...start } = options
  const random = createRandom(seed)
  const faulty = isEngineFlaky ? { faultChances: FAULTS, jobChances: JOBS } : {}
  const isStartIdempotent = recovery === 'idempotent'
  const canFind = recovery === 'findable'
  const emulator = await startEmulator({ seed, isStartIdempotent, canFind, ...faulty })
  const hooks = await Hooks.start(random)
  const fleet = new Fleet({
    // Where nobody can say what became of a start, that is logged as the error it is.
    ...(recovery === 'blind' ? { expectedErrors: /^outcome of a start unknown/ } : {}),
    ...start,
    environment: { ...environment, ...settingsFor(emulator, recovery) },
  })
  await fleet.start(nodes)
  const accounts: NewAccount[] = []
  while (accounts.length < ACCOUNTS) {
    accounts.push(await createAccount(fleet.first, GRANT, '--concurrency', String(CONCURRENCY)))
  }
  const clients = new Clients(fleet, hooks, random)
  const orders: Order[] = []
  return {
    ...{ fleet, clients, hooks, emulator, accounts, grant: GRANT, orders, random },
    place() {
      const order = drawOrder(random, accounts, orders.length)
      orders.push(order)
      return clients.place(order)
    },
    async close() {
      await fleet.stop()
      await emulator.close()
    },
  }
}

function settingsFor(emulator: Emulator, recovery: Recovery): Record<string, string> {
  const models = scratchFolder('models')
  writeFileSync(join(models, `${EMULATED_SLUG}.yaml`), EMULATED_MODEL)
  return {
    CLIPIA_MODELS_DIR: models,
    CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
    CLIPIA_HTTP_ENGINE_URL: emulator.url,
    CLIPIA_HTTP_ENGINE_CAPACITY: CAPACITY,
    CLIPIA_HTTP_ENGINE_IDEMPOTENT: String(recovery === 'idempotent'),
    CLIPIA_HTTP_ENGINE_CAN_FIND: String(recovery === 'findable'),
    CLIPIA_LOG_LEVEL: 'warn',
  }
}

/** Mostly for the emulated engine, some for the local one; two thirds with a webhook; every sixth is canceled. */
function drawOrder(random: () => number, accounts: readonly NewAccount[], index: number): Order {
  const account = accounts[Math.floor(random() * accounts.length)]
  if (account === undefined) throw new Error('there is no account')
  const hook = (['good', 'flaky', 'gone', null, null, 'good', 'flaky', 'good'] as const)[Math.floor(random() * 8)]
  return {
    key: `order-${index}`,
    account,
    slug: random() < 0.08 ? 'canvas-1' : EMULATED_SLUG,
    input: { prompt: `order ${index}` },
    hook: hook ?? null,
    isCanceled: random() < 1 / 6,
  }
}

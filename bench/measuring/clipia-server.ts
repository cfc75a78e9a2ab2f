import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAccount } from '../../packages/server/src/accounts/create-account.ts'
import { createDatabaseClock } from '../../packages/server/src/clock.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import { toMicro } from '../../packages/server/src/credits/amount.ts'
import { grantCredits } from '../../packages/server/src/credits/grant-credits.ts'
import { openDatabase } from '../../packages/server/src/database/open-database.ts'
import { createIdentifiers } from '../../packages/server/src/identifiers.ts'
import { createKey } from '../../packages/server/src/keys/create-key.ts'
import { startBusyEngine } from './busy-engine.ts'
import { startPinned } from './pinned-process.ts'
import { type ProcessUsage, readProcess } from './read-process.ts'

/** A server that is loaded, on the core of what is measured. */
export interface ServerUnderTest {
  port: number
  /** What its process has used so far; null where that cannot be read. */
  usage(): ProcessUsage | null
  stop(): Promise<void>
}

/** A running `clipia serve` with accounts of its own. */
export interface ClipiaServer extends ServerUnderTest {
  url: string
  /** A live key of each account, with a rate and credits that are not met. */
  keys: readonly string[]
  /** From the start of the process to its readiness. */
  readyMs: number
  pid: number
}

/** How to serve; default SQLite in a fresh folder, and one account. */
export interface ClipiaOptions {
  environment?: Readonly<Record<string, string>>
  accounts?: number
  /** Generations at once of each key; default more than any load makes. */
  concurrency?: number
  nodeFlags?: readonly string[]
  /** False where it starts processes of its own, which would share its core. Default true. */
  isPinned?: boolean
}

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/clipia.mjs', import.meta.url))
/** The folder of the models that the benchmarks submit to. */
export const BENCH_MODELS = fileURLToPath(new URL('../models/', import.meta.url))
/** The most a key may be given. */
const PLENTY = 1_000_000

/** Starts `clipia serve` as an operator would, and waits until it is ready. */
export async function startClipia(options: ClipiaOptions = {}): Promise<ClipiaServer> {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-bench-'))
  const engine = await startBusyEngine()
  const environment = {
    CLIPIA_DATA_DIR: folder,
    CLIPIA_PORT: '0',
    CLIPIA_LOG_LEVEL: 'warn',
    CLIPIA_MODELS_DIR: BENCH_MODELS,
    CLIPIA_HTTP_ENGINE_URL: engine.url,
    CLIPIA_HTTP_ENGINE_CAPACITY: '1',
    ...options.environment,
  }
  const keys = await makeAccounts(environment, options)
  const startedAt = performance.now()
  const child = startPinned(
    options.isPinned === false ? 'any' : 'measured',
    [...(options.nodeFlags ?? []), COMMAND, 'serve'],
    {
      environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const announced = /^Clipia serves (http:\/\/[\w.:[\]]+)/m.exec(text)?.[1]
      if (announced !== undefined) resolve(announced)
    })
    child.once('exit', () => reject(new Error(`clipia serve ended: ${text}`)))
  })
  while ((await fetch(`${url}/readyz`)).status !== 200);
  return {
    url,
    port: Number(new URL(url).port),
    keys,
    readyMs: performance.now() - startedAt,
    pid: child.pid ?? 0,
    usage: () => readProcess(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await ended
      engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Accounts are made before the server starts, by its own operations. */
async function makeAccounts(
  environment: Readonly<Record<string, string>>,
  { accounts = 1, concurrency = PLENTY }: ClipiaOptions,
): Promise<string[]> {
  const { database } = await openDatabase(readConfig(environment))
  const clock = await createDatabaseClock(database)
  const of = { database, clock, identifiers: createIdentifiers(clock) }
  const keys: string[] = []
  for (let index = 0; index < accounts; index += 1) {
    const accountId = await createAccount(of, 'Bench')
    await grantCredits(database, clock, { accountId, amount: toMicro(PLENTY) })
    keys.push((await createKey(of, { accountId, mode: 'live', requestsPerMinute: PLENTY, concurrency })).key)
  }
  await database.close()
  return keys
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mode } from '@clipia/contract'
import { pino } from 'pino'
import { createAccount } from '../accounts/create-account.ts'
import { type App, createApp } from '../app.ts'
import { auditDatabase, type Difference } from '../audit/audit-database.ts'
import { type CatalogueSource, openCatalogue } from '../catalogue/catalogue-source.ts'
import { modelFolders } from '../catalogue/folders.ts'
import { type Config, readConfig } from '../config.ts'
import { toMicro } from '../credits/amount.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import type { Database } from '../database/database.ts'
import type { Engine } from '../engines/engine.ts'
import { createKey, type NewKey } from '../keys/create-key.ts'
import type { LookUp } from '../network/checked-look-up.ts'
import { createSecretKey } from '../secrets/secret-key.ts'
import type { DatabaseKind, TestDatabase } from './databases.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

/** An answer of the app. */
export interface TestAnswer {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire holds
  body: any
}

/** The real app on a database of its own, without a port, with a clock that the test moves. */
export interface TestApp {
  app: App
  database: Database
  testDatabase: TestDatabase
  clock: ManualClock
  dataDir: string
  accountId: string
  liveKey: string
  testKey: string
  /** A request with a key (the live one unless given; null for none). */
  call(method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, options?: CallOptions): Promise<TestAnswer>
  submit(model: string, input: object, options?: CallOptions): Promise<TestAnswer>
  /** Lets the worker do everything that can be done at this moment of the clock. */
  work(): Promise<void>
  makeAccount(credits: number): Promise<string>
  makeKey(wanted: Partial<NewKey> & { mode: Mode }): Promise<string>
  audit(): Promise<Difference[]>
  close(): Promise<void>
}

/** What a request may say. */
export interface CallOptions {
  key?: string | null
  headers?: Record<string, string>
  body?: unknown
  /** Sent as it is, instead of `body`. */
  rawBody?: string | Buffer
}

/** What a test app may be made with. */
export interface TestAppOptions {
  engines?: readonly Engine[]
  credits?: number
  environment?: Record<string, string>
  lookUp?: LookUp
}

const silent = pino({ level: 'silent' })

const catalogues = new Map<string | null, CatalogueSource>()

/** The models of an app's settings: their files are read once a test process, for no test changes them. */
function catalogueOf({ modelsDir }: Config): CatalogueSource {
  const catalogue = catalogues.get(modelsDir) ?? openCatalogue(modelFolders(modelsDir))
  catalogues.set(modelsDir, catalogue)
  return catalogue
}

/** Builds the app with an account of 1,000 credits (or `credits`), a live and a test key. */
export async function createTestApp(kind: DatabaseKind, options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = await kind.create()
  const database = testDatabase.open()
  const dataDir = mkdtempSync(join(tmpdir(), 'clipia-test-data-'))
  const clock = createManualClock()
  const config = readConfig({
    CLIPIA_DATA_DIR: dataDir,
    CLIPIA_PUBLIC_URL: 'http://clipia.test',
    ...options.environment,
  })
  const secretKey = createSecretKey(Buffer.alloc(32, 7))
  const app = await createApp({
    config,
    database,
    secretKey,
    log: silent,
    clock,
    engines: options.engines ?? [],
    catalogue: catalogueOf(config),
    ...(options.lookUp && { lookUp: options.lookUp }),
  })
  const { identifiers } = app.services
  const of = { database, clock, identifiers }

  const makeAccount = async (credits: number) => {
    const accountId = await createAccount(of, 'Test')
    if (credits > 0) await grantCredits(database, clock, { accountId, amount: toMicro(credits) })
    return accountId
  }
  const accountId = await makeAccount(options.credits ?? 1_000)
  const makeKey = async (wanted: Partial<NewKey> & { mode: Mode }) =>
    (await createKey(of, { accountId, requestsPerMinute: 100_000, ...wanted })).key
  const liveKey = await makeKey({ mode: 'live' })
  const testKey = await makeKey({ mode: 'test' })

  const call = async (method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, request: CallOptions = {}) => {
    const key = request.key === undefined ? liveKey : request.key
    const payload = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    const answer = await app.http.inject({
      method,
      url: path,
      headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...request.headers },
      ...(payload !== undefined && { payload }),
    })
    const isJson = String(answer.headers['content-type']).startsWith('application/json')
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.rawPayload }
  }

  return {
    app,
    database,
    testDatabase,
    clock,
    dataDir,
    accountId,
    liveKey,
    testKey,
    call,
    submit: (model, input, request = {}) =>
      call('POST', `/v1/models/${encodeURIComponent(model)}`, { body: { input }, ...request }),
    async work() {
      while ((await app.worker.claim()) > 0) await app.worker.idle()
    },
    makeAccount,
    makeKey,
    audit: async () => (await auditDatabase(database, dataDir)).differences,
    async close() {
      await app.http.close()
      await app.closeEngines(0)
      await app.close()
      await database.close()
      await testDatabase.remove()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mode } from '@clipia/contract'
import { pino } from 'pino'
import { createAccount } from '../accounts/create-account.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { toMicro } from '../credits/amount.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/open-database.ts'
import type { Engine } from '../engines/engine.ts'
import { submitGeneration } from '../generations/submit-generation.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { createKey } from '../keys/create-key.ts'
import { startStepLoop } from '../worker/step-loop.ts'

/** A whole node in this process: it works and delivers, but does not listen. */
export interface WorkingApp {
  database: Database
  accountId: string
  /** Submits as the API does once it knows the key. */
  submit(prompt: string, options?: { mode?: Mode; webhookUrl?: string }): Promise<void>
  /** Begins to deliver webhooks; until then they wait in the outbox. */
  startDeliveries(): void
  stop(): Promise<void>
}

const PLENTY = 1_000_000

/** What a node works on. */
export interface WorkingAppOptions {
  /** A PostgreSQL URL; null for SQLite in a fresh folder. */
  databaseUrl: string | null
  /** Folder of the model files that are submitted to. */
  modelsDir: string
  /** The model that {@link WorkingApp.submit} names. */
  slug: string
  engine: Engine | null
}

/** Assembles a node with real clocks on a database of its own, and lets it work. */
export async function startWorkingApp({
  databaseUrl,
  modelsDir,
  slug,
  engine,
}: WorkingAppOptions): Promise<WorkingApp> {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-bench-'))
  const config = readConfig({
    CLIPIA_DATA_DIR: folder,
    CLIPIA_MODELS_DIR: modelsDir,
    CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
    CLIPIA_PUBLIC_URL: 'http://127.0.0.1:9',
    ...(databaseUrl !== null && {
      CLIPIA_DATABASE_URL: databaseUrl,
      CLIPIA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    }),
  })
  const { database, secretKey } = await openDatabase(config)
  const log = pino({ level: 'error' }, pino.destination(2))
  const app = await createApp({ config, database, secretKey, log, engines: engine === null ? [] : [engine] })
  const { services } = app
  const accountId = await createAccount(services, 'Bench')
  await grantCredits(database, services.clock, { accountId, amount: toMicro(PLENTY) })
  const keys = new Map<Mode, ApiKey>()
  for (const mode of ['live', 'test'] as const) {
    const made = await createKey(services, { accountId, mode, requestsPerMinute: PLENTY, concurrency: PLENTY })
    keys.set(mode, await services.authenticate({ authorization: `Bearer ${made.key}` }))
  }
  const loop = startStepLoop(app.worker, log)
  app.onWork(loop.wake)
  let deliveries: ReturnType<typeof startStepLoop> | null = null
  return {
    database,
    accountId,
    async submit(prompt, { mode = 'live', webhookUrl } = {}) {
      const key = keys.get(mode)
      if (key === undefined) throw new Error(`no key of mode ${mode}`)
      await submitGeneration(services, { key, slug, rawInput: { prompt }, webhookUrl, rateRefusal: null })
    },
    startDeliveries() {
      deliveries = startStepLoop(app.dispatcher, log)
      app.onDelivery(deliveries.wake)
    },
    async stop() {
      app.drain()
      await loop.stop()
      app.dispatcher.abort()
      await deliveries?.stop()
      await app.http.close()
      await app.closeEngines(0)
      await app.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

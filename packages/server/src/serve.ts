import { rm } from 'node:fs/promises'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { createFirstAccount, type FirstAccount } from './accounts/create-first-account.ts'
import { listAccounts } from './accounts/list-accounts.ts'
import { type App, createApp } from './app.ts'
import { CatalogueError, describeMistake } from './catalogue/catalogue-error.ts'
import type { Config } from './config.ts'
import { lockFolder } from './database/folder-lock.ts'
import { openDatabase } from './database/open-database.ts'
import { abandonLocalRenders } from './engines/local/local-renders.ts'
import { releaseLeases } from './generations/advance.ts'
import { createMetricsServer } from './http/metrics.ts'
import { mediaFolder, verifyMediaStore } from './media/verify-media-store.ts'
import { createOwnerLink } from './members/create-link.ts'
import { hasMembers } from './members/has-members.ts'
import { linkUrl } from './members/link-url.ts'
import { releaseDeliveries } from './webhooks/record-attempt.ts'
import { startDuties } from './worker/duties/duty.ts'
import { startStepLoop } from './worker/step-loop.ts'

/** A serving process. */
export interface Server {
  /** Where it listens, such as http://127.0.0.1:3000. */
  url: string
  /** Made by this start, on an empty database; its keys are seen here only. */
  firstAccount: FirstAccount | null
  /** A one-time link that makes the first owner, while nobody can sign in yet; else null. */
  makeFirstSignInLink(): Promise<string | null>
  /** Reads the model files again and logs what changed, or why the old catalogue stays. */
  reloadModels(): void
  /** Takes no more, finishes what it has begun within the drain time, and closes everything. */
  stop(): Promise<void>
}

/** Runs a node: opens the database, assembles the app, listens, and works. Throws what an operator can act on. */
export async function serve(config: Config): Promise<Server> {
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: false }))
  const { database, secretKey } = await openDatabase(config)
  if (!database.capabilities.isExclusive) await verifyMediaStore(database, mediaFolder(config))
  const lock = database.capabilities.isExclusive ? lockFolder(config.dataDir) : null
  // What a killed predecessor left half-made; with other nodes about, it might be theirs.
  if (lock !== null) await rm(join(mediaFolder(config), 'work'), { recursive: true, force: true })
  const app = await createApp({ config, database, secretKey, log })
  await app.http.listen({ host: config.host, port: config.port })
  const url = originOf(app.http.server.address() as AddressInfo)
  app.setOrigin(url)
  const metricsServer = await listenForMetrics(app, config, log)
  // Only now that nothing can fail any more: its keys are shown once.
  const firstAccount = await createFirstAccount(app.services)

  if (database.capabilities.isExclusive) {
    await releaseLeases(database, app.services.clock.now())
    await releaseDeliveries(database, app.services.clock.now())
    await abandonLocalRenders(database)
  }
  const loop = startStepLoop(app.worker, log)
  app.onWork(loop.wake)
  const deliveries = startStepLoop(app.dispatcher, log)
  app.onDelivery(deliveries.wake)
  const duties = startDuties(app.duties, log, app.services.observer)
  log.info({ url, engines: listActive(app) }, 'listening')

  return {
    url,
    firstAccount,
    async makeFirstSignInLink() {
      const [account] = await listAccounts(database)
      if (account === undefined || (await hasMembers(database))) return null
      const { token } = await createOwnerLink(app.services, account.accountId)
      return linkUrl(app.services.publicUrl(), token)
    },
    reloadModels: () => reloadModels(app, log),
    async stop() {
      log.info('draining')
      const drainEndsAt = performance.now() + config.drainMs
      app.drain()
      await app.http.close()
      await app.closeEngines(config.drainMs)
      const abort = () => {
        app.worker.abort()
        app.dispatcher.abort()
      }
      const breakOff = setTimeout(abort, Math.max(0, drainEndsAt - performance.now()))
      await loop.stop()
      await deliveries.stop()
      clearTimeout(breakOff)
      await duties.stop()
      metricsServer?.close().closeAllConnections()
      await app.close()
      await database.close()
      lock?.release()
      log.info('stopped')
    },
  }
}

/** What can render here, for whoever wonders why a model is not offered. */
function listActive({ services }: App): string[] {
  return [...services.engines.values()].filter((engine) => engine.isActive()).map(({ name }) => name)
}

/** Opens the port of the metrics, where there is one. */
async function listenForMetrics({ services }: App, config: Config, log: Logger): Promise<HttpServer | null> {
  if (services.metrics === null || config.metrics === null || config.metrics.port === null) return null
  const { host, port, token } = config.metrics
  const server = createMetricsServer(services.metrics.metrics, token)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  log.info({ url: `${originOf(server.address() as AddressInfo)}/metrics` }, 'metrics are served')
  return server
}

function reloadModels(app: App, log: Logger): void {
  try {
    log.info(app.reloadCatalogue(), 'the models were reloaded')
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    log.warn({ mistakes: error.mistakes.map(describeMistake) }, 'the models were not reloaded, the old ones stay')
  }
}

function originOf({ address, port, family }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}

import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { assembleMedia } from './assemble-media.ts'
import { type CatalogueChange, type CatalogueSource, openCatalogue } from './catalogue/catalogue-source.ts'
import { modelFolders } from './catalogue/folders.ts'
import { createDatabaseClock, type DatabaseClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import type { Engine } from './engines/engine.ts'
import { openEngines } from './engines/open-engines.ts'
import { announceWork } from './events/announce.ts'
import { createEventHub } from './events/event-hub.ts'
import { makeDue, requestCancel } from './generations/advance.ts'
import { createCallbackAddresses, type StartName } from './generations/callback-address.ts'
import type { StoredOutput } from './generations/generation.ts'
import { createHttpServer } from './http/http-server.ts'
import { toOutput } from './http/output.ts'
import type { Services } from './http/services.ts'
import { createIdentifiers } from './identifiers.ts'
import { createAuthenticate } from './keys/authenticate.ts'
import { createKeyUse } from './keys/key-use.ts'
import { createRateLimiter } from './limits/rate-limiter.ts'
import { createAuthLoader } from './members/load-auth.ts'
import type { GaugeSources } from './metrics/gauges.ts'
import { SILENT_OBSERVER } from './metrics/observer.ts'
import { judgeUrl } from './network/address-rules.ts'
import type { LookUp } from './network/checked-look-up.ts'
import { isPublicUrl } from './network/is-public-url.ts'
import { createSafePost } from './network/safe-post.ts'
import { createSealer } from './secrets/sealer.ts'
import type { SecretKey } from './secrets/secret-key.ts'
import { VERSION } from './version.ts'
import { createDispatcher, type Dispatcher } from './webhooks/dispatcher.ts'
import { createPrepareSecrets } from './webhooks/prepare-secrets.ts'
import { WEBHOOK_SECRETS } from './webhooks/secret-row.ts'
import { TIMEOUT_MS } from './webhooks/send-webhook.ts'
import { createDuties } from './worker/duties/create-duties.ts'
import type { Duty } from './worker/duties/duty.ts'
import { createBreakers } from './worker/routing/breakers.ts'
import { createDurations } from './worker/routing/durations.ts'
import { createWorker, type Worker } from './worker/worker.ts'

/** A node is not ready while its own clock is further than this from the database's. */
const MOST_SKEW_MS = 1_000

/** What an app is made of; tests pass a clock they move and engines of their own. */
export interface AppParts {
  config: Config
  database: Database
  secretKey: SecretKey
  log: Logger
  clock?: DatabaseClock
  /** Engines besides, or instead of, the built-in ones. */
  engines?: readonly Engine[]
  /** Where the models come from; the files that the settings name, unless a test has read them already. */
  catalogue?: CatalogueSource
  /** How the addresses of strangers' hosts are found; the system's way unless a test says otherwise. */
  lookUp?: LookUp
}

/** A node, assembled but neither listening nor working. */
export interface App {
  http: FastifyInstance
  worker: Worker
  dispatcher: Dispatcher
  duties: readonly Duty[]
  services: Services
  /** Says where the server listens, once it does. */
  setOrigin(origin: string): void
  /** Reads the model files again; throws a `CatalogueError` and keeps the old catalogue when they have a mistake. */
  reloadCatalogue(): CatalogueChange
  /** Says who is to be told that there may be work. */
  onWork(wake: () => void): void
  /** Says who is to be told that there may be webhooks to deliver. */
  onDelivery(wake: () => void): void
  /** From now on `/readyz` says no. */
  drain(): void
  /** Lets engines finish what this node renders, within the time given, and ends them. */
  closeEngines(graceMs: number): Promise<void>
  /** Ends what is left; the database is the caller's. */
  close(): Promise<void>
}

/** Where a provider may say that it has news of a start; null where it could not reach us. */
function callbackUrlOf(publicUrl: string | null, path: string): string | null {
  return publicUrl !== null && isPublicUrl(publicUrl) ? `${publicUrl}${path}` : null
}

function openDispatcher(services: Services, node: string, onAttemptDone: () => void): Dispatcher {
  const wordOutput = (output: StoredOutput) => toOutput(output, services.mediaUrl())
  return createDispatcher({ ...services, timeoutMs: TIMEOUT_MS, toOutput: wordOutput }, node, onAttemptDone)
}

function openSigning(
  of: Pick<Services, 'database' | 'clock' | 'identifiers'>,
  secretKey: SecretKey,
): Pick<Services, 'webhookSealer' | 'prepareSecrets'> {
  const webhookSealer = createSealer(secretKey.derive(WEBHOOK_SECRETS))
  return { webhookSealer, prepareSecrets: createPrepareSecrets({ ...of, webhookSealer }) }
}

/** Loads what counts only where somebody reads it. With a port of its own it is not served beside the API. */
async function openObservation(
  { metrics: wanted }: Config,
  sources: GaugeSources,
): Promise<Pick<Services, 'observer' | 'metrics'>> {
  if (wanted === null) return { observer: SILENT_OBSERVER, metrics: null }
  const { createMetrics } = await import('./metrics/create-metrics.ts')
  const metrics = createMetrics(sources, VERSION)
  return { observer: metrics.observer, metrics: { metrics, token: wanted.port === null ? wanted.token : null } }
}

/** What is wrong with the node's clock, or null. */
function faultOf(clock: DatabaseClock): string | null {
  const skewMs = Math.abs(clock.skewMs())
  return skewMs > MOST_SKEW_MS ? `the clock of the node is off by ${skewMs} ms` : null
}

/** Puts all parts together: the only place that knows them all. */
export async function createApp({ config, database, secretKey, log, ...given }: AppParts): Promise<App> {
  const clock = given.clock ?? (await createDatabaseClock(database))
  const identifiers = createIdentifiers(clock)
  const node = identifiers.uuid()
  let origin = config.publicUrl ?? `http://${config.host}:${config.port}`
  const keyUse = createKeyUse(database, clock)
  let wake = () => {}
  let wakeDispatcher = () => {}
  let isDraining = false

  const catalogue = given.catalogue ?? openCatalogue(modelFolders(config.modelsDir))
  const mediaUrl = () => config.mediaUrl ?? `${origin}/media/`
  const { lookUp } = given
  const publicUrl = () => origin
  const media = await assembleMedia({ config, database, clock, identifiers, lookUp, mediaUrl, publicUrl })
  const { folder, store, renditions, inputs, inputFiles } = media

  const onNews = (requestId: string) => {
    makeDue(database, requestId, clock.now()).then(wake, (error: unknown) => log.warn({ err: error }, 'no wake-up'))
  }
  const cancel = async (requestId: string) => void (await requestCancel(database, requestId, clock.now()))
  const observation = await openObservation(config, { database, clock, countWaits: () => events.size() })
  const { observer } = observation
  const opened = await openEngines({ config, cancel, observer, database, clock, store, inputs, node, onNews, log })
  const engines = new Map([...opened, ...(given.engines ?? [])].map((engine) => [engine.name, engine]))

  const events = createEventHub(database, clock, () => wake())
  const services: Services = {
    database,
    events,
    clock,
    identifiers,
    catalogue: catalogue.current,
    engines,
    folder,
    store,
    renditions,
    fileLimits: config.fileLimits,
    log,
    ...observation,
    auth: createAuthLoader({ database, identifiers, secret: secretKey.derive('sessions'), origin: () => origin }),
    trustedProxies: config.trustedProxies,
    authenticate: createAuthenticate(database, clock, database.capabilities.keyCacheMs, keyUse.note),
    limiter: createRateLimiter(database, clock),
    quoteKey: secretKey.derive('quote'),
    callbackAddresses: createCallbackAddresses(secretKey.derive('callbacks')),
    // Webhooks go out by the address rules of their own setting.
    post: createSafePost(config.webhookAllowPrivate, lookUp),
    ...openSigning({ database, clock, identifiers }, secretKey),
    checkInputUrl: inputs.judge,
    inputFiles,
    checkWebhookUrl: (url) => judgeUrl(url, config.webhookAllowPrivate),
    // What is announced wakes this node too.
    onQueued: () => (worker.hasRoom() ? wake() : announceWork(database)),
    onDelivery: () => wakeDispatcher(),
    publicUrl,
    mediaUrl,
    unreadyReason: () => (isDraining ? 'the node is shutting down' : faultOf(clock)),
  }
  const steps = {
    ...services,
    collect: media.collect,
    breakers: createBreakers(),
    durations: createDurations(),
    callbackUrl: (start: StartName) => callbackUrlOf(config.publicUrl, services.callbackAddresses.pathOf(start)),
  }
  const worker = createWorker(steps, node, () => wake())

  return {
    http: await createHttpServer(services),
    worker,
    dispatcher: openDispatcher(services, node, () => wakeDispatcher()),
    duties: createDuties({ ...steps, ...config, keyUse }),
    services,
    setOrigin(listening) {
      origin = config.publicUrl ?? listening
    },
    reloadCatalogue: catalogue.reload,
    onWork(listener) {
      wake = listener
    },
    onDelivery(listener) {
      wakeDispatcher = listener
    },
    drain() {
      isDraining = true
      worker.drain()
      events.drain()
    },
    async closeEngines(graceMs) {
      await Promise.all([...engines.values()].map((engine) => engine.close?.(graceMs)))
    },
    async close() {
      events.close()
      await media.close()
    },
  }
}

import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { ProviderConfig, ProviderName } from './engines/providers.ts'
import { type AllowedPrivate, NO_PRIVATE, parseAllowedPrivate } from './network/address-rules.ts'
import { type HttpEngineConfig, readHttpEngine, readProviders } from './settings/engine-settings.ts'
import {
  parseAddresses,
  parseChoice,
  parseDatabaseUrl,
  parseHttpUrl,
  parseInteger,
  parseMetricsToken,
  parseOrigin,
  parseSecretKey,
} from './settings/parse-setting.ts'
import { PROVIDER_SETTINGS, type Read, SETTINGS, type SettingName } from './settings/settings.ts'

/** How the metrics are served. With a token, whoever reads must send it as a Bearer token. */
export interface MetricsConfig {
  host: string
  port: number | null
  token: string | null
}

/** Every setting of a process, checked. */
export interface Config {
  host: string
  port: number
  /** Absolute path of the folder that holds the database, media and secret key. */
  dataDir: string
  /** PostgreSQL URL; null for the SQLite database in the data folder. */
  databaseUrl: string | null
  /** Key material given by the operator; null to use the file in the data folder. */
  secretKey: Buffer | null
  /** Origin under which clients reach the API; null for the address that is listened on. */
  publicUrl: string | null
  /** Base URL of media with a trailing slash; null for `<public URL>/media/`. */
  mediaUrl: string | null
  /** Reverse proxies, as addresses or CIDR ranges, that are believed when they say where a request comes from. */
  trustedProxies: string[]
  /** Further folder of model files, which replace, change or disable ours; null for none. */
  modelsDir: string | null
  /** How long what requests were given and made is kept after they are over; null for ever. */
  retentionMs: number | null
  /** How much accounts may upload, and for how long. */
  fileLimits: { quotaBytes: number; lifetimeMs: number }
  /** How long a stranger's server may take for one input, in milliseconds. */
  fetchTimeoutMs: number
  /** Private hosts and ranges from which inputs may be fetched. */
  fetchAllowPrivate: AllowedPrivate
  /** Private hosts and ranges to which webhooks may be sent. */
  webhookAllowPrivate: AllowedPrivate
  /** How long webhooks that are over stay in the log, in milliseconds. */
  deliveryRetentionMs: number
  /** A server of the operator's own that speaks the protocol of docs/engines/http.md; null for none. */
  httpEngine: HttpEngineConfig | null
  /** Folder of files that describe further engines; null for none. */
  enginesDir: string | null
  /** A variable of the environment that an engine file names: its credential, say. */
  variable: (name: string) => string | undefined
  /** The providers that are set up. */
  providers: ReadonlyMap<ProviderName, ProviderConfig>
  /** Where Prometheus reads: on a port of its own, or (port null) on the API's behind the token. Null for nowhere. */
  metrics: MetricsConfig | null
  logLevel: (typeof LOG_LEVELS)[number]
  /** How long a stopping process finishes what it has begun, in milliseconds. */
  drainMs: number
}

/** Every mistake in the settings, each with the setting it is in. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(`The settings are wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`)
    this.name = 'ConfigError'
    this.mistakes = mistakes
  }
}

const DAY_MS = 24 * 60 * 60 * 1000
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** Reads the settings. Throws one {@link ConfigError} that names all mistakes; secrets are never repeated in it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = []
  const read: Read = (name, fallback, parse) => {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') return fallback
    try {
      return parse(text)
    } catch (error) {
      mistakes.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      return fallback
    }
  }
  for (const name of Object.keys(environment)) {
    if (
      name.startsWith('CLIPIA_') &&
      !Object.hasOwn(SETTINGS, name) &&
      !PROVIDER_SETTINGS.has(name) &&
      !FOREIGN.has(name)
    ) {
      mistakes.push(`${name}: there is no such setting; see .env.example`)
    }
  }
  const config: Config = {
    host: read('CLIPIA_HOST', '127.0.0.1', (text) => text),
    port: read('CLIPIA_PORT', 3000, (text) => parseInteger(text, 0, 65_535)),
    dataDir: resolve(read('CLIPIA_DATA_DIR', '.clipia', (text) => text.replace(/^~(?=\/)/, homedir()))),
    databaseUrl: read<string | null>('CLIPIA_DATABASE_URL', null, parseDatabaseUrl),
    secretKey: read<Buffer | null>('CLIPIA_SECRET_KEY', null, parseSecretKey),
    publicUrl: read<string | null>('CLIPIA_PUBLIC_URL', null, parseOrigin),
    trustedProxies: read<string[]>('CLIPIA_TRUSTED_PROXIES', [], parseAddresses),
    mediaUrl: read<string | null>('CLIPIA_MEDIA_URL', null, (text) => `${parseHttpUrl(text).replace(/\/$/, '')}/`),
    modelsDir: read<string | null>('CLIPIA_MODELS_DIR', null, (text) => resolve(text)),
    retentionMs: read<number | null>('CLIPIA_RETENTION_DAYS', null, (text) => parseInteger(text, 1, 36_500) * DAY_MS),
    fileLimits: {
      quotaBytes: read('CLIPIA_FILE_QUOTA_MB', 1024, (text) => parseInteger(text, 1, 1_000_000)) * 1024 * 1024,
      lifetimeMs: read('CLIPIA_FILE_LIFETIME_HOURS', 24, (text) => parseInteger(text, 1, 8760)) * 3_600_000,
    },
    fetchTimeoutMs: read('CLIPIA_FETCH_TIMEOUT_SECONDS', 20, (text) => parseInteger(text, 1, 600)) * 1000,
    fetchAllowPrivate: read('CLIPIA_FETCH_ALLOW_PRIVATE', NO_PRIVATE, parseAllowedPrivate),
    webhookAllowPrivate: read('CLIPIA_WEBHOOK_ALLOW_PRIVATE', NO_PRIVATE, parseAllowedPrivate),
    deliveryRetentionMs: read('CLIPIA_DELIVERY_RETENTION_DAYS', 30, (text) => parseInteger(text, 1, 3_650)) * DAY_MS,
    enginesDir: read<string | null>('CLIPIA_ENGINES_DIR', null, (text) => resolve(text)),
    variable: (name) => environment[name],
    httpEngine: readHttpEngine(read),
    providers: readProviders(read),
    metrics: readMetrics(read),
    logLevel: read<Config['logLevel']>('CLIPIA_LOG_LEVEL', 'info', (text) => parseChoice(text, LOG_LEVELS)),
    drainMs: read('CLIPIA_DRAIN_SECONDS', 20, (text) => parseInteger(text, 0, 3600)) * 1000,
  }
  if (config.databaseUrl !== null && config.secretKey === null && !hasMistake(mistakes, 'CLIPIA_SECRET_KEY')) {
    mistakes.push('CLIPIA_SECRET_KEY: needed with CLIPIA_DATABASE_URL; make one with: openssl rand -base64 32')
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

function readMetrics(read: Read): MetricsConfig | null {
  const host = read('CLIPIA_METRICS_HOST', '127.0.0.1', (text) => text)
  const port = read<number | null>('CLIPIA_METRICS_PORT', null, (text) => parseInteger(text, 0, 65_535))
  const token = read<string | null>('CLIPIA_METRICS_TOKEN', null, parseMetricsToken)
  return port === null && token === null ? null : { host, port, token }
}

/** Variables of our clients, which share the prefix. */
const FOREIGN: ReadonlySet<string> = new Set(['CLIPIA_KEY', 'CLIPIA_BASE_URL', 'CLIPIA_TEST_POSTGRES_URL'])

function hasMistake(mistakes: readonly string[], name: SettingName): boolean {
  return mistakes.some((mistake) => mistake.startsWith(name))
}

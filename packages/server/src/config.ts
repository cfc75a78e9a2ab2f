import { homedir } from 'node:os'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { PROVIDERS, type ProviderConfig, type ProviderName } from './engines/providers.ts'
import { type AllowedPrivate, NO_PRIVATE, parseAllowedPrivate } from './network/address-rules.ts'

/** How the operator's own rendering server is reached and what it can do. */
export interface HttpEngineConfig {
  baseUrl: string
  token: string | null
  capacity: number
  isStartIdempotent: boolean
  canFind: boolean
  canCancel: boolean
}

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
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** How long a stopping process finishes what it has begun, in milliseconds. */
  drainMs: number
}

/** The settings by their environment variable, with what they mean: the source of `--help` and `.env.example`. */
export const SETTINGS = {
  CLIPIA_HOST: 'Address to listen on (default 127.0.0.1)',
  CLIPIA_PORT: 'Port to listen on, 0 for any free one (default 3000)',
  CLIPIA_DATA_DIR: 'Folder of the database, media and secret key (default .clipia in the current folder)',
  CLIPIA_DATABASE_URL: 'postgres:// URL; without it SQLite in the data folder',
  CLIPIA_SECRET_KEY: 'At least 32 bytes in base64 or hex; needed with PostgreSQL, equal on all nodes',
  CLIPIA_PUBLIC_URL: 'Origin under which clients reach the API (default http://<host>:<port>)',
  CLIPIA_TRUSTED_PROXIES: 'Reverse proxies whose X-Forwarded-For is believed: addresses or CIDR ranges',
  CLIPIA_MEDIA_URL: 'Base URL of media, best an origin of its own (default <public URL>/media)',
  CLIPIA_MODELS_DIR: 'Folder of further model files; they replace or change ours',
  CLIPIA_RETENTION_DAYS: 'Days after which input and media of a finished request are deleted (default: never)',
  CLIPIA_FILE_QUOTA_MB: 'Megabytes of uploaded files an account may have at once (default 1024)',
  CLIPIA_FILE_LIFETIME_HOURS: 'How long an uploaded file lives that no request needs (default 24)',
  CLIPIA_FETCH_TIMEOUT_SECONDS: 'How long a server may take to send one input (default 20)',
  CLIPIA_FETCH_ALLOW_PRIVATE: 'Private hosts or CIDR ranges inputs may be fetched from, separated by commas',
  CLIPIA_WEBHOOK_ALLOW_PRIVATE: 'Private hosts or CIDR ranges webhooks may be sent to, separated by commas',
  CLIPIA_DELIVERY_RETENTION_DAYS: 'Days the log of webhooks is kept after a request ended (default 30)',
  CLIPIA_ENGINES_DIR: 'Folder of files that describe further engines (docs/engines/generic.md)',
  CLIPIA_HTTP_ENGINE_URL: 'Base URL of a rendering server of your own (docs/engines/http.md)',
  CLIPIA_HTTP_ENGINE_TOKEN: 'Bearer token it wants',
  CLIPIA_HTTP_ENGINE_CAPACITY: 'Jobs it may have at once, over all nodes (default 4)',
  CLIPIA_HTTP_ENGINE_IDEMPOTENT: 'true if it never renders twice for one Idempotency-Key (default false)',
  CLIPIA_HTTP_ENGINE_CAN_FIND: 'true if it finds jobs by client_id (default false)',
  CLIPIA_HTTP_ENGINE_CAN_CANCEL: 'false if it cannot cancel (default true)',
  CLIPIA_METRICS_PORT: 'Port of its own for /metrics, 0 for any free one (default none)',
  CLIPIA_METRICS_HOST: 'Address that port listens on (default 127.0.0.1)',
  CLIPIA_METRICS_TOKEN: 'Bearer token /metrics wants; without a port of its own it is then served beside the API',
  CLIPIA_LOG_LEVEL: 'fatal, error, warn, info, debug or silent (default info)',
  CLIPIA_DRAIN_SECONDS: 'How long a stopping process finishes what it has begun (default 20)',
} as const

/** The settings of a provider; those without our prefix are the names its users know. */
type ProviderSetting = (typeof PROVIDERS)[number]['credentialVariable' | 'baseUrlVariable' | 'capacityVariable']

/** Name of a setting. */
export type SettingName = keyof typeof SETTINGS | ProviderSetting

/** What the settings of the providers mean, as {@link SETTINGS}. */
export const PROVIDER_SETTINGS: ReadonlyMap<string, string> = new Map(
  PROVIDERS.flatMap(({ name, title, credentialVariable, baseUrlVariable, capacityVariable, baseUrl, capacity }) => [
    [
      credentialVariable,
      baseUrl === null ? `Credential of ${title}, where it asks for one` : activates(`Credential of ${title}`, name),
    ],
    [
      baseUrlVariable,
      baseUrl === null
        ? activates(`URL of a ${title} of yours`, name)
        : `Other base URL of ${title} (default ${baseUrl})`,
    ],
    [capacityVariable, `Jobs ${title} may have at once, over all nodes (default ${capacity})`],
  ]),
)

function activates(what: string, name: ProviderName): string {
  return `${what}; set, its models become active (docs/engines/${name}.md)`
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
    logLevel: read<Config['logLevel']>('CLIPIA_LOG_LEVEL', 'info', parseLogLevel),
    drainMs: read('CLIPIA_DRAIN_SECONDS', 20, (text) => parseInteger(text, 0, 3600)) * 1000,
  }
  if (config.databaseUrl !== null && config.secretKey === null && !hasMistake(mistakes, 'CLIPIA_SECRET_KEY')) {
    mistakes.push('CLIPIA_SECRET_KEY: needed with CLIPIA_DATABASE_URL; make one with: openssl rand -base64 32')
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

/** Reads one setting: its fallback when absent, a recorded mistake when wrong. */
type Read = <T>(name: SettingName, fallback: T, parse: (text: string) => T) => T

function readHttpEngine(read: Read): HttpEngineConfig | null {
  const baseUrl = read<string | null>('CLIPIA_HTTP_ENGINE_URL', null, parseHttpUrl)
  const engine = {
    token: read<string | null>('CLIPIA_HTTP_ENGINE_TOKEN', null, (text) => text),
    capacity: read('CLIPIA_HTTP_ENGINE_CAPACITY', 4, (text) => parseInteger(text, 1, 10_000)),
    isStartIdempotent: read('CLIPIA_HTTP_ENGINE_IDEMPOTENT', false, parseBoolean),
    canFind: read('CLIPIA_HTTP_ENGINE_CAN_FIND', false, parseBoolean),
    canCancel: read('CLIPIA_HTTP_ENGINE_CAN_CANCEL', true, parseBoolean),
  }
  return baseUrl === null ? null : { baseUrl, ...engine }
}

function readMetrics(read: Read): MetricsConfig | null {
  const host = read('CLIPIA_METRICS_HOST', '127.0.0.1', (text) => text)
  const port = read<number | null>('CLIPIA_METRICS_PORT', null, (text) => parseInteger(text, 0, 65_535))
  const token = read<string | null>('CLIPIA_METRICS_TOKEN', null, parseMetricsToken)
  return port === null && token === null ? null : { host, port, token }
}

function parseMetricsToken(text: string): string {
  if (!/^[\x21-\x7e]{16,}$/.test(text)) throw new Error('must be at least 16 visible ASCII characters without spaces')
  return text
}

function parseAddresses(text: string): string[] {
  const addresses = text.split(',').map((part) => part.trim())
  const wrong = addresses.find((address) => !ipaddr.isValid(address) && !ipaddr.isValidCIDR(address))
  if (wrong !== undefined) throw new Error(`"${wrong.slice(0, 64)}" must be an IP address or a CIDR range`)
  return addresses
}

function readProviders(read: Read): ReadonlyMap<ProviderName, ProviderConfig> {
  const providers = new Map<ProviderName, ProviderConfig>()
  for (const { name, credentialVariable, baseUrlVariable, capacityVariable, ...defaults } of PROVIDERS) {
    const credential = read<string | null>(credentialVariable, null, parseCredential)
    const baseUrl = read<string | null>(baseUrlVariable, defaults.baseUrl, parseHttpUrl)
    const capacity = read<number>(capacityVariable, defaults.capacity, (text) => parseInteger(text, 1, 10_000))
    if (baseUrl === null || (credential === null && defaults.baseUrl !== null)) continue
    providers.set(name, { credential: credential ?? '', baseUrl, capacity })
  }
  return providers
}

function parseCredential(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('must be visible ASCII without spaces')
  return text
}

function parseBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error(`"${text.slice(0, 32)}" must be true or false`)
  return text === 'true'
}

/** Variables of our clients, which share the prefix. */
const FOREIGN: ReadonlySet<string> = new Set(['CLIPIA_KEY', 'CLIPIA_BASE_URL', 'CLIPIA_TEST_POSTGRES_URL'])

function hasMistake(mistakes: readonly string[], name: SettingName): boolean {
  return mistakes.some((mistake) => mistake.startsWith(name))
}

function parseInteger(text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`"${text.slice(0, 32)}" must be a whole number from ${least} to ${most}`)
  }
  return value
}

function parseDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) throw new Error('must be a postgres:// URL')
  return text
}

function parseSecretKey(text: string): Buffer {
  const key = /^[0-9a-f]{64,}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length < 32) throw new Error('must be at least 32 bytes in base64 or hex')
  return key
}

function parseHttpUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new Error(`"${text}" must be an http or https URL`)
  return new URL(text).href
}

function parseOrigin(text: string): string {
  const url = new URL(parseHttpUrl(text))
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw new Error('must be an origin without a path')
  return url.origin
}

function parseLogLevel(text: string): Config['logLevel'] {
  const level = LOG_LEVELS.find((name) => name === text)
  if (level === undefined) throw new Error(`"${text}" must be one of ${LOG_LEVELS.join(', ')}`)
  return level
}

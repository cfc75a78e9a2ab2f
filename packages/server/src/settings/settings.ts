import { PROVIDERS, type ProviderName } from '../engines/providers.ts'

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
  CLIPIA_FETCH_ALLOW_PRIVATE:
    'Private hosts or CIDR ranges inputs and outputs may be fetched from, separated by commas',
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

/** Reads one setting: its fallback when absent, a recorded mistake when wrong. */
export type Read = <T>(name: SettingName, fallback: T, parse: (text: string) => T) => T

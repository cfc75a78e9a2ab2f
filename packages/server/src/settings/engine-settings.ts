import { PROVIDERS, type ProviderConfig, type ProviderName } from '../engines/providers.ts'
import { parseBaseUrl, parseBoolean, parseCredential, parseInteger } from './parse-setting.ts'
import type { Read } from './settings.ts'

/** How the operator's own rendering server is reached and what it can do. */
export interface HttpEngineConfig {
  baseUrl: string
  token: string | null
  capacity: number
  isStartIdempotent: boolean
  canFind: boolean
  canCancel: boolean
}

/** Reads how the server of the operator's own is reached; null where there is none. */
export function readHttpEngine(read: Read): HttpEngineConfig | null {
  const baseUrl = read<string | null>('CLIPIA_HTTP_ENGINE_URL', null, parseBaseUrl)
  const engine = {
    token: read<string | null>('CLIPIA_HTTP_ENGINE_TOKEN', null, parseCredential),
    capacity: read('CLIPIA_HTTP_ENGINE_CAPACITY', 4, (text) => parseInteger(text, 1, 10_000)),
    isStartIdempotent: read('CLIPIA_HTTP_ENGINE_IDEMPOTENT', false, parseBoolean),
    canFind: read('CLIPIA_HTTP_ENGINE_CAN_FIND', false, parseBoolean),
    canCancel: read('CLIPIA_HTTP_ENGINE_CAN_CANCEL', true, parseBoolean),
  }
  return baseUrl === null ? null : { baseUrl, ...engine }
}

/** Reads which providers are set up, and how they are reached. */
export function readProviders(read: Read): ReadonlyMap<ProviderName, ProviderConfig> {
  const providers = new Map<ProviderName, ProviderConfig>()
  for (const { name, credentialVariable, baseUrlVariable, capacityVariable, ...defaults } of PROVIDERS) {
    const credential = read<string | null>(credentialVariable, null, parseCredential)
    const baseUrl = read<string | null>(baseUrlVariable, defaults.baseUrl, parseBaseUrl)
    const capacity = read<number>(capacityVariable, defaults.capacity, (text) => parseInteger(text, 1, 10_000))
    if (baseUrl === null || (credential === null && defaults.baseUrl !== null)) continue
    providers.set(name, { credential: credential ?? '', baseUrl, capacity })
  }
  return providers
}

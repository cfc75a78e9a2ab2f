import type { Clock } from '../clock.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, isUsable, toApiKey } from './api-key.ts'
import { hashKey, modeOfKey } from './key-format.ts'

/** The headers a key may come in. */
export interface KeyHeaders {
  authorization?: string | undefined
  'x-api-key'?: string | string[] | undefined
}

/** Finds the key a caller presents; throws `invalid_api_key` for one that opens nothing. */
export type Authenticate = (headers: KeyHeaders) => Promise<ApiKey>

/**
 * Creates the check of API keys. A looked-up key is believed for `cacheMs` (at most a second, by the contract on
 * revocation; 0 reads it every time), and submit checks revocation again in its own transaction. `onUse` learns of every key that was let in.
 */
export function createAuthenticate(
  database: Database,
  clock: Clock,
  cacheMs: number,
  onUse: (keyId: string) => void,
): Authenticate {
  const cache = new Map<string, { key: ApiKey; until: number }>()

  async function findByHash(hash: string): Promise<ApiKey | null> {
    const cached = cache.get(hash)
    if (cached !== undefined && cached.until > clock.now()) return cached.key
    const sql = `SELECT ${API_KEY_COLUMNS} FROM api_keys WHERE hash = $1`
    const row = firstOrNull(await database.read<ApiKeyRow>(sql, [hash]))
    if (row === null) return null
    const key = toApiKey(row)
    if (cacheMs > 0) {
      if (cache.size >= 10_000) cache.clear()
      cache.set(hash, { key, until: clock.now() + cacheMs })
    }
    return key
  }

  return async (headers) => {
    const presented = readKey(headers)
    if (presented === null) {
      throw refusal('An API key is missing: send it as "Authorization: Bearer <key>" or as "X-Api-Key: <key>".')
    }
    if (modeOfKey(presented) === null) {
      throw refusal('The API key is malformed: it starts with clipia_live_ or clipia_test_ and ends in a checksum.')
    }
    const key = await findByHash(hashKey(presented))
    if (key === null) throw refusal('The API key is unknown.')
    if (!isUsable(key, clock.now()))
      throw refusal(key.revokedAt === null ? 'The API key has expired.' : 'The API key is revoked.')
    onUse(key.keyId)
    return key
  }
}

function refusal(message: string): ClipiaError {
  return new ClipiaError('invalid_api_key', message)
}

/** `Authorization: Bearer` or `Key`, in any case, before `X-Api-Key`. */
function readKey(headers: KeyHeaders): string | null {
  if (headers.authorization !== undefined) {
    return /^(?:bearer|key)\s+(\S+)\s*$/i.exec(headers.authorization)?.[1] ?? ''
  }
  const header = headers['x-api-key']
  return (Array.isArray(header) ? header[0] : header)?.trim() || null
}

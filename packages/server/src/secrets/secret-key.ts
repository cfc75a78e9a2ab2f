import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { firstOrNull } from '../database/database.ts'

/** The installation's key, from which a key for each purpose is derived. It never leaves the process. */
export interface SecretKey {
  /** 32 bytes for one purpose (HKDF-SHA256); the same purpose always gives the same key. */
  derive(purpose: string): Buffer
}

/** Wraps the installation's key material (at least 32 bytes, as read from the file or the setting). */
export function createSecretKey(material: Buffer): SecretKey {
  return { derive: (purpose) => Buffer.from(hkdfSync('sha256', material, 'clipia', purpose, 32)) }
}

/** The secret key is not the one this database was made with. */
export class WrongSecretKey extends Error {
  constructor() {
    super('the secret key is not the one this database was made with: give the original CLIPIA_SECRET_KEY')
    this.name = 'WrongSecretKey'
  }
}

/** Records a check value at first use and throws {@link WrongSecretKey} when the key does not match it later. */
export async function verifySecretKey(database: Database, key: SecretKey, nowMs: number): Promise<void> {
  const check = createHmac('sha256', key.derive('check')).update('clipia').digest('hex')
  const stored = await database.transaction(async (tx) => {
    await tx.query(
      'INSERT INTO installation (id, secret_check, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING',
      [check, nowMs],
    )
    return firstOrNull(await tx.query<{ secret_check: string }>('SELECT secret_check FROM installation WHERE id = 1'))
  })
  if (stored === null || !timingSafeEqual(Buffer.from(stored.secret_check), Buffer.from(check))) {
    throw new WrongSecretKey()
  }
}

import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Reads `<folder>/secret.key`, making it (mode 0600, synced) at first start. Throws when it exists but is not 32 bytes
 * in base64: a damaged key must not be replaced, since it opens what the database holds.
 */
export function readOrCreateSecretKeyFile(folder: string): Buffer {
  const path = join(folder, 'secret.key')
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, `${randomBytes(32).toString('base64')}\n`)
    fsyncSync(file)
    closeSync(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const material = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (material.length !== 32) throw new Error(`${path} is damaged: restore it from a backup`)
  return material
}

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from './sqlite-connection.ts'

/** Another process serves this data folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`another Clipia is running on ${folder}: stop it, or give this one its own CLIPIA_DATA_DIR`)
    this.name = 'FolderInUse'
  }
}

/**
 * Makes this process the only one that serves a folder, until it ends. The lock is the operating system's (an
 * exclusive SQLite transaction), so a killed process leaves none behind. Throws {@link FolderInUse}.
 */
export function lockFolder(folder: string): { release(): void } {
  const database = new DatabaseSync(join(folder, 'server.lock'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw isBusy(error) ? new FolderInUse(folder) : error
  }
  return { release: () => database.close() }
}

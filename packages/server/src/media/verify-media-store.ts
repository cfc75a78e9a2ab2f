import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'

/** The media folder is not the one that the other nodes of this database use. */
export class WrongMediaStore extends Error {
  constructor(folder: string) {
    super(`${folder} is not the media folder of this database: share one folder between all nodes (CLIPIA_DATA_DIR)`)
    this.name = 'WrongMediaStore'
  }
}

/** Where media lie. */
export function mediaFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'media')
}

/**
 * Proves that all nodes of a database share one media folder: the first node marks its folder and records the mark. A
 * node whose folder bears another mark throws {@link WrongMediaStore}, before it could lose what others rendered.
 */
export async function verifyMediaStore(database: Database, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'store-id')
  if (!existsSync(path)) writeFileSync(path, `${randomUUID()}\n`, { flag: 'wx' })
  const mark = readFileSync(path, 'utf8').trim()
  const [row] = await database.write<{ media_store: string }>(
    'UPDATE installation SET media_store = coalesce(media_store, $1) WHERE id = 1 RETURNING media_store',
    [mark],
  )
  if (row?.media_store !== mark) throw new WrongMediaStore(folder)
}

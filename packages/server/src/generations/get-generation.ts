import type { Mode } from '@clipia/contract'
import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { isId } from '../identifiers.ts'
import type { Generation } from './generation.ts'
import { GENERATION_COLUMNS, type GenerationRow, toGeneration } from './generation-row.ts'

/** Who asks: a generation is visible to its own account and mode only. */
export interface Viewer {
  accountId: string
  mode: Mode
}

/** Reads one generation; `not_found` for an unknown id, another account's and one of the other mode alike. */
export async function getGeneration(database: Database, viewer: Viewer, requestId: string): Promise<Generation> {
  checkRequestId(requestId)
  const rows = await database.read<GenerationRow>(
    `SELECT ${GENERATION_COLUMNS} FROM requests WHERE request_id = $1 AND account_id = $2 AND mode = $3`,
    [requestId.toLowerCase(), viewer.accountId, viewer.mode],
  )
  const row = firstOrNull(rows)
  if (row === null) throw requestNotFound()
  return toGeneration(row)
}

/** Refuses what cannot be an id before it reaches the database, where some texts (a NUL) are errors. */
export function checkRequestId(requestId: string): void {
  if (!isId(requestId)) throw requestNotFound()
}

/** One answer for every id that is not the caller's, so that ids of others cannot be probed. */
export function requestNotFound(): ClipiaError {
  return new ClipiaError('not_found', 'There is no such request.')
}

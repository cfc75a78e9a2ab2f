import type { RequestStatus, SandboxScenario } from '@clipia/contract'
import type { Database, Value } from '../database/database.ts'
import type { Generation } from './generation.ts'
import { GENERATION_COLUMNS, type GenerationRow, toGeneration } from './generation-row.ts'
import type { Viewer } from './get-generation.ts'

/** What a list of generations is narrowed to; what is left out is not. Times in epoch milliseconds. */
export interface GenerationFilter {
  status?: RequestStatus | undefined
  model?: string | undefined
  keyId?: string | undefined
  /** Submitted then or later. */
  from?: number | undefined
  /** Submitted before then. */
  until?: number | undefined
}

/** `limit` generations older than one; null for the newest. */
export interface GenerationPage {
  before: string | null
  limit: number
}

/** A generation in a list. */
export interface ListedGeneration extends Generation {
  keyId: string
  scenario: SandboxScenario | null
}

/** Sorts after every id. */
const NEWEST = 'g'

/** The clocks of nodes, and the moments an id and its row are made at, differ by less. */
const ID_MARGIN_MS = 5_000

/**
 * What each status is found by: columns that only the end of a request sets, so that its index is written once. The
 * words of the partial indexes, or they would not be used.
 */
const STATUS_CONDITIONS: Readonly<Record<RequestStatus, string>> = {
  IN_QUEUE: `completed_at IS NULL AND status = 'IN_QUEUE'`,
  IN_PROGRESS: `completed_at IS NULL AND status = 'IN_PROGRESS'`,
  COMPLETED: 'output IS NOT NULL',
  FAILED: 'error_code IS NOT NULL',
  CANCELED: 'completed_at IS NOT NULL AND output IS NULL AND error_code IS NULL',
}

/**
 * Lists the generations of an account and mode, newest first. Ids are ordered by time, so pages neither shift nor repeat
 * when new ones come.
 */
export async function listGenerations(
  database: Database,
  viewer: Viewer,
  filter: GenerationFilter,
  page: GenerationPage,
): Promise<ListedGeneration[]> {
  const { sql, parameters } = listStatement(viewer, filter, page)
  const rows = await database.read<GenerationRow & { key_id: string; scenario: SandboxScenario | null }>(
    sql,
    parameters,
  )
  return rows.map((row) => ({ ...toGeneration(row), keyId: row.key_id, scenario: row.scenario }))
}

/** The statement of a list: one text for each set of filters, so that each finds its own index. */
export function listStatement(
  viewer: Viewer,
  filter: GenerationFilter,
  page: GenerationPage,
): { sql: string; parameters: Value[] } {
  const parameters: Value[] = [viewer.accountId, viewer.mode, page.before ?? NEWEST, page.limit]
  const conditions = ['account_id = $1', 'mode = $2', 'request_id < $3']
  const add = (condition: string, value: Value) => {
    parameters.push(value)
    conditions.push(`${condition} $${parameters.length}`)
  }
  if (filter.status !== undefined) conditions.push(STATUS_CONDITIONS[filter.status])
  if (filter.model !== undefined) add('model =', filter.model)
  if (filter.keyId !== undefined) add('key_id =', filter.keyId)
  if (filter.from !== undefined) {
    add('created_at >=', filter.from)
    add('request_id >=', firstIdOf(filter.from - ID_MARGIN_MS))
  }
  if (filter.until !== undefined) {
    add('created_at <', filter.until)
    add('request_id <', firstIdOf(filter.until + ID_MARGIN_MS))
  }
  const sql = `SELECT ${GENERATION_COLUMNS}, key_id, scenario FROM requests
    WHERE ${conditions.join(' AND ')} ORDER BY request_id DESC LIMIT $4`
  return { sql, parameters }
}

/** The smallest id of a moment: ids begin with their time, so a range of time is a range of the index. */
function firstIdOf(timeMs: number): string {
  const hex = Math.min(Math.max(0, timeMs), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

import type { Database } from '../database/database.ts'

/** Ids a statement is given: always as many, so that it is prepared once. */
const CHUNK = 200

/** `$1, $2, ...` for {@link CHUNK} ids. */
const PLACES = Array.from({ length: CHUNK }, (_, index) => `$${index + 1}`).join(', ')

/** Runs a statement for all ids, a chunk at a time; `more` are its parameters after them, from `$201` on. */
async function readInChunks<R>(
  database: Database,
  sql: string,
  ids: readonly string[],
  more: readonly number[] = [],
): Promise<R[]> {
  const rows: R[] = []
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK)
    const padding = Array.from({ length: CHUNK - chunk.length }, () => chunk[0] ?? null)
    rows.push(...(await database.read<R>(sql, [...chunk, ...padding, ...more])))
  }
  return rows
}

interface VersionRow {
  id: string
  version: number
}

function toMap(rows: readonly VersionRow[]): Map<string, number> {
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Reads the versions of many requests, as `getStatus` tells them. */
export async function readRequestVersions(database: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const sql = `SELECT r.request_id AS id, r.version + coalesce(q.changes, 0) AS version
    FROM requests r LEFT JOIN queue q ON q.request_id = r.request_id WHERE r.request_id IN (${PLACES})`
  return toMap(await readInChunks<VersionRow>(database, sql, ids))
}

/** Reads the number of the last end of many accounts and modes, by their `endingsId`. */
export async function readEndingVersions(database: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const sql = `SELECT account_id || ':' || mode AS id, last_ending AS version FROM balances WHERE account_id IN (${PLACES})`
  const accounts = new Set(ids.map((id) => id.slice(0, id.indexOf(':'))))
  return toMap(await readInChunks<VersionRow>(database, sql, [...accounts]))
}

/** Answers which of the keys open nothing any more. */
export async function findUnusableKeys(database: Database, ids: readonly string[], nowMs: number): Promise<string[]> {
  const sql = `SELECT key_id FROM api_keys
    WHERE key_id IN (${PLACES}) AND (revoked_at IS NOT NULL OR expires_at <= $${CHUNK + 1})`
  return (await readInChunks<{ key_id: string }>(database, sql, ids, [nowMs])).map((row) => row.key_id)
}

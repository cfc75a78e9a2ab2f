import type { KeyChange } from '@clipia/contract'
import type { Database } from '../database/database.ts'
import type { FieldChanges } from './record-change.ts'

const MOST_CHANGES = 100

/** What was done to a key, newest first, as the wire has it; the latest 100. */
export async function listChanges(database: Database, keyId: string): Promise<KeyChange[]> {
  const rows = await database.read<{
    kind: KeyChange['kind']
    changed_by: string | null
    changes: string
    created_at: number
  }>('SELECT kind, changed_by, changes, created_at FROM key_changes WHERE key_id = $1 ORDER BY seq DESC LIMIT $2', [
    keyId,
    MOST_CHANGES,
  ])
  return rows.map(({ kind, changed_by, changes, created_at }) => ({
    kind,
    changed_by,
    changes: Object.entries(JSON.parse(changes) as FieldChanges).map(([field, [before, after]]) => ({
      field,
      before,
      after,
    })),
    created_at: new Date(created_at).toISOString(),
  }))
}

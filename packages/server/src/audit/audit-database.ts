import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { StoredOutput } from '../generations/generation.ts'
import { openMediaStore } from '../media/store.ts'
import { INVARIANTS } from './invariants.ts'

/** One place where the database and itself, or the disk, do not agree. */
export interface Difference {
  check: string
  subject: string
  expected: string
  found: string
}

const BATCH = 500

/** Checks every invariant of money, queue, outbox and media, beside a running server. Reads only. */
export async function auditDatabase(
  database: Database,
  dataDir: string,
): Promise<{ checks: number; differences: Difference[] }> {
  const differences: Difference[] = []
  for (const { name, sql } of INVARIANTS) {
    const rows = await database.read<Omit<Difference, 'check'>>(sql)
    differences.push(...rows.map((row) => ({ check: name, ...row })))
  }
  differences.push(...(await auditOutputs(database, dataDir)))
  return { checks: INVARIANTS.length + 1, differences }
}

const OUTPUT_CHECK = 'every output is on disk'

/** Every file that a completed live request names is known, and its bytes are there. */
async function auditOutputs(database: Database, dataDir: string): Promise<Difference[]> {
  const store = await openMediaStore(join(dataDir, 'media'))
  const differences: Difference[] = []
  for (let after = ''; ; ) {
    const rows = await database.read<{ request_id: string; output: string }>(
      `SELECT request_id, output FROM requests
       WHERE request_id > $1 AND mode = 'live' AND status = 'COMPLETED' ORDER BY request_id LIMIT ${BATCH}`,
      [after],
    )
    for (const row of rows) {
      for (const name of namesOf(JSON.parse(row.output) as StoredOutput)) {
        const found = await sizeOf(name)
        if (found !== null) differences.push({ check: OUTPUT_CHECK, subject: `${row.request_id} ${name}`, ...found })
      }
    }
    const last = rows.at(-1)
    if (last === undefined) return differences
    after = last.request_id
  }

  async function sizeOf(name: string): Promise<{ expected: string; found: string } | null> {
    const [media] = await database.read<{ blob: string; size_bytes: number }>(
      'SELECT b.blob, b.size_bytes FROM media m JOIN blobs b ON b.blob = m.blob WHERE m.name = $1',
      [name],
    )
    if (media === undefined) return { expected: 'a row in media', found: 'none' }
    const size = await stat(store.pathOf(media.blob)).then(
      (stats) => stats.size,
      () => null,
    )
    if (size === media.size_bytes) return null
    return { expected: `${media.size_bytes} bytes`, found: size === null ? 'no file' : `${size} bytes` }
  }
}

function namesOf(output: StoredOutput): string[] {
  return output.type === 'image' ? output.images.flatMap((image) => [image.name, image.originalName]) : [output.name]
}

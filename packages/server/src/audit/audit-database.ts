import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { StoredOutput } from '../generations/generation.ts'
import { type BlobFolder, openBlobFolder } from '../media/blob-folder.ts'
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
  const folder = await openBlobFolder(join(dataDir, 'media'))
  differences.push(...(await auditOutputs(database, folder)), ...(await auditFiles(database, folder)))
  return { checks: INVARIANTS.length + 2, differences }
}

const OUTPUT_CHECK = 'every output is on disk'

/** Every file that a completed live request names is known, and its bytes are there. */
async function auditOutputs(database: Database, folder: BlobFolder): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let after = ''; ; ) {
    const rows = await database.read<{ request_id: string; output: string }>(
      `SELECT request_id, output FROM requests
       WHERE request_id > $1 AND mode = 'live' AND status = 'COMPLETED' ORDER BY request_id LIMIT ${BATCH}`,
      [after],
    )
    for (const { request_id: requestId, output } of rows) {
      for (const name of namesOf(JSON.parse(output) as StoredOutput)) {
        const [row] = await database.read<StoredRow>(
          'SELECT b.location, b.size_bytes FROM media m JOIN blobs b ON b.blob = m.blob WHERE m.name = $1',
          [name],
        )
        const fault = await faultOf(folder, row)
        if (fault !== null) differences.push({ check: OUTPUT_CHECK, subject: `${requestId} ${name}`, ...fault })
      }
    }
    const last = rows.at(-1)
    if (last === undefined) return differences
    after = last.request_id
  }
}

const FILE_CHECK = 'every file is on disk'

/** Every upload that has not expired is there, byte for byte as long as it was. */
async function auditFiles(database: Database, folder: BlobFolder): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let after = ''; ; ) {
    const rows = await database.read<StoredRow & { file_id: string }>(
      `SELECT f.file_id, b.location, b.size_bytes FROM files f JOIN blobs b ON b.blob = f.blob
       WHERE f.file_id > $1 ORDER BY f.file_id LIMIT ${BATCH}`,
      [after],
    )
    for (const row of rows) {
      const fault = await faultOf(folder, row)
      if (fault !== null) differences.push({ check: FILE_CHECK, subject: row.file_id, ...fault })
    }
    const last = rows.at(-1)
    if (last === undefined) return differences
    after = last.file_id
  }
}

interface StoredRow {
  location: string
  size_bytes: number
}

async function faultOf(
  folder: BlobFolder,
  row: StoredRow | undefined,
): Promise<{ expected: string; found: string } | null> {
  if (row === undefined) return { expected: 'a row in media', found: 'none' }
  const sizeBytes = await folder.sizeOf(row.location)
  if (sizeBytes === row.size_bytes) return null
  return { expected: `${row.size_bytes} bytes`, found: sizeBytes === null ? 'no file' : `${sizeBytes} bytes` }
}

function namesOf(output: StoredOutput): string[] {
  switch (output.type) {
    case 'image':
      return output.images.flatMap((image) => [image.name, image.originalName])
    case 'deleted':
      return []
    default:
      return [output.name]
  }
}

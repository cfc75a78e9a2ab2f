import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { BlobFolder } from './blob-folder.ts'

/** How long bytes stay after their last use, or after they came without being used. */
export const UNUSED_LIFETIME_MS = 24 * 60 * 60 * 1000

const BATCH = 100

/**
 * Takes blobs out of the store a day after their last use. First the row becomes a location to be emptied, in one
 * statement that a use at the same moment either prevents or does not find any more; from then on whoever puts the same
 * bytes gets another location. Then the location is emptied, by this node or, after a crash, by any.
 */
export async function discardBlobs(of: { database: Database; folder: BlobFolder; clock: Clock }): Promise<void> {
  const { database, folder, clock } = of
  for (let count = BATCH; count === BATCH; ) {
    const cutoff = clock.now() - UNUSED_LIFETIME_MS
    count = await database.transaction(async (tx) => {
      const rows = await tx.query<{ location: string }>(
        `DELETE FROM blobs WHERE unused_since <= $1 AND blob IN (
           SELECT blob FROM blobs WHERE unused_since <= $1 ORDER BY unused_since LIMIT ${BATCH}
         ) RETURNING location`,
        [cutoff],
      )
      for (const { location } of rows) {
        await tx.query('INSERT INTO discarded_blobs (location) VALUES ($1)', [location])
      }
      return rows.length
    })
  }
  for (;;) {
    const rows = await database.read<{ location: string }>(`SELECT location FROM discarded_blobs LIMIT ${BATCH}`)
    if (rows.length === 0) return
    for (const { location } of rows) {
      await folder.remove(location)
      await database.write('DELETE FROM discarded_blobs WHERE location = $1', [location])
    }
  }
}

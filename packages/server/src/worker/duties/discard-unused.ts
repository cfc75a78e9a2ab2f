import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import type { BlobFolder } from '../../media/blob-folder.ts'
import { discardBlobs, UNUSED_LIFETIME_MS } from '../../media/discard-blobs.ts'
import type { Duty } from './duty.ts'

/** Takes bytes out of the store that nothing has used for a day, and what killed processes left half-made as long ago. */
export function discardUnused(of: { database: Database; folder: BlobFolder; clock: Clock }): Duty {
  return {
    name: 'discard-unused',
    everyMs: 10 * 60_000,
    async run() {
      await discardBlobs(of)
      await of.folder.sweepWork(of.clock.now() - UNUSED_LIFETIME_MS)
    },
  }
}

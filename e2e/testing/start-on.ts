import type { DatabaseKind } from './databases.ts'
import { type Clipia, startClipia } from './start-clipia.ts'

/** A server on a fresh database of a kind. */
export interface StartedOn {
  clipia: Clipia
  /** Ends the server, which must end cleanly, and removes the database whatever happens. */
  stop(): Promise<void>
}

/** Starts a server on a fresh database of a kind, with further settings. */
export async function startOn(database: DatabaseKind, settings: Record<string, string> = {}): Promise<StartedOn> {
  const { environment, dispose } = await database.prepare()
  const clipia = await startClipia({ environment: { ...environment, ...settings } })
  return {
    clipia,
    async stop() {
      await clipia.stop().finally(dispose)
    },
  }
}

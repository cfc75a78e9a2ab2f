import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Engines } from '../engines/engine.ts'
import type { BlobFolder } from '../media/blob-folder.ts'
import type { TaskPool } from '../processes/task-pool.ts'

/** The guides for callers, by name. */
export interface GuideShelf {
  list: readonly { name: string; title: string; about: string }[]
  /** The Markdown of one in the list. */
  read(name: string): Promise<string>
}

/** What the tools need of the process besides the operations of the API. */
export interface McpServices {
  database: Database
  clock: Clock
  catalogue: () => Catalogue
  engines: Engines
  /** Where the bytes of media lie. */
  folder: BlobFolder
  /** Decodes pictures in processes of its own. */
  renditions: TaskPool
  /** Where media are served, with a trailing slash. */
  mediaUrl: () => string
  guides: GuideShelf
}

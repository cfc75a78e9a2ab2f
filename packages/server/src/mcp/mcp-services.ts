import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Engines } from '../engines/engine.ts'

/** What the tools need of the process besides the operations of the API. */
export interface McpServices {
  database: Database
  clock: Clock
  catalogue: () => Catalogue
  engines: Engines
}

import { mkdir } from 'node:fs/promises'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { loadDescribedEngines } from './engines/generic/load-definitions.ts'
import { createInputFiles, type InputFiles } from './files/input-files.ts'
import type { Identifiers } from './identifiers.ts'
import { type BlobFolder, openBlobFolder } from './media/blob-folder.ts'
import { type Collect, createCollect } from './media/collect.ts'
import { createInputs, type Inputs } from './media/inputs.ts'
import { createMediaStore, type MediaStore } from './media/store.ts'
import { mediaFolder } from './media/verify-media-store.ts'
import { type AllowedPrivate, withHost } from './network/address-rules.ts'
import type { LookUp } from './network/checked-look-up.ts'
import { createSafeFetch } from './network/safe-fetch.ts'
import { createTaskPool, type TaskPool } from './processes/task-pool.ts'

/** Everything of a node that holds, brings or decodes bytes. */
export interface MediaParts {
  folder: BlobFolder
  store: MediaStore
  inputs: Inputs
  inputFiles: InputFiles
  renditions: TaskPool
  collect: Collect
  close(): Promise<void>
}

/** Puts the parts together that hold, bring or decode bytes. */
export async function assembleMedia(of: {
  config: Config
  database: Database
  clock: Clock
  identifiers: Identifiers
  lookUp: LookUp | undefined
  mediaUrl: () => string
  publicUrl: () => string
}): Promise<MediaParts> {
  const { config, database, clock, identifiers } = of
  const { fetchAllowPrivate: allowed, fetchTimeoutMs: timeoutMs, fileLimits } = config
  await mkdir(config.dataDir, { recursive: true })
  const folder = await openBlobFolder(mediaFolder(config))
  const store = createMediaStore({ folder, database, clock, identifiers })
  const fetch = createSafeFetch(allowed, of.lookUp)
  const mediaUrls = () => [of.mediaUrl(), `${of.publicUrl()}/media/`]
  const inputs = createInputs({ database, folder, clock, fetch, allowed, timeoutMs, mediaUrls })
  const outputs = createSafeFetch(allowEngines(config))
  const renditions = createTaskPool({ module: new URL('./media/rendition-task.ts', import.meta.url), concurrency: 2 })
  return {
    folder,
    store,
    inputs,
    inputFiles: createInputFiles({ database, clock, identifiers, store, inputs, fileLimits, mediaUrl: of.mediaUrl }),
    renditions,
    collect: createCollect({ store, fetch: outputs, pool: renditions, identifiers }),
    async close() {
      await Promise.all([renditions.close(), fetch.close(), outputs.close()])
    },
  }
}

/**
 * An operator's own server, or a proxy in front of a provider, may stand in a private network: what was made may be fetched
 * from there, but callers may still name nothing there.
 */
function allowEngines(config: Config): AllowedPrivate {
  const { httpEngine, providers } = config
  const engines = [...providers.values(), ...loadDescribedEngines(config)]
  return [httpEngine?.baseUrl, ...engines.map(({ baseUrl }) => baseUrl)].reduce(withHost, config.fetchAllowPrivate)
}

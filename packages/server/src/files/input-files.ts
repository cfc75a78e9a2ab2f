import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { Identifiers } from '../identifiers.ts'
import type { JsonValue } from '../json.ts'
import { isDataUrl } from '../media/data-url.ts'
import { findMedia } from '../media/find-media.ts'
import type { Inputs } from '../media/inputs.ts'
import { makeMediaName } from '../media/names.ts'
import type { MediaStore } from '../media/store.ts'
import type { FileOwner } from './get-file.ts'
import type { NewFile } from './insert-file.ts'
import type { FileLimits } from './upload-file.ts'

type Input = Readonly<Record<string, JsonValue>>

/** What a new request was given of what lies here; inserted with it by `insertInputs`. */
export interface GivenInputs {
  /** Public names of files and media it uses. */
  names: readonly string[]
  /** Files that came in the input itself, as data: URLs. */
  files: readonly NewFile[]
  quotaBytes: number
}

/** The side of inputs that lies here: uploads, outputs of earlier requests, data: URLs. */
export interface InputFiles {
  /** Throws `model_input_invalid`, naming the field, for a URL of ours that stands for nothing. `urls` are those in the input. */
  check(input: Input, urls: readonly string[]): Promise<void>
  /**
   * Puts data: URLs into the store and answers the input with URLs of ours in their place, so that a request's row stays
   * small. What is stored is discarded after a day unless the request is inserted with it. Null when nothing lies here.
   */
  take(owner: FileOwner, input: Input, urls: readonly string[]): Promise<{ input: Input; given: GivenInputs } | null>
}

/** Creates the access to inputs that lie here. */
export function createInputFiles(of: {
  database: Database
  clock: Clock
  identifiers: Identifiers
  store: MediaStore
  inputs: Inputs
  fileLimits: FileLimits
  mediaUrl: () => string
}): InputFiles {
  const { inputs } = of

  async function adopt(owner: FileOwner, url: string): Promise<NewFile> {
    return inputs.lend(url, new AbortController().signal, async ({ path, contentType }) => {
      const { blob, sizeBytes } = await of.store.put(path)
      const createdAt = of.clock.now()
      return {
        fileId: of.identifiers.uuid(),
        accountId: owner.accountId,
        mode: owner.mode,
        name: makeMediaName(contentType, of.identifiers.bytes),
        blob,
        fileName: null,
        contentType,
        sizeBytes,
        width: null,
        height: null,
        durationMs: null,
        createdAt,
        expiresAt: createdAt + of.fileLimits.lifetimeMs,
      }
    })
  }

  return {
    async check(input, urls) {
      for (const url of urls) {
        const name = inputs.ownName(url)
        if (name === null || inputs.isSample(name)) continue
        if ((await findMedia(of.database, name, of.clock.now())) !== null) continue
        const field = fieldOf(input, url)
        throw new ClipiaError('model_input_invalid', `${field}: there is no such file here, or it has expired`, {
          param: field,
        })
      }
    },
    async take(owner, input, urls) {
      const names = urls.flatMap((url) => inputs.ownName(url) ?? [])
      const files = new Map<string, NewFile>()
      for (const url of new Set(urls.filter(isDataUrl))) files.set(url, await adopt(owner, url))
      if (names.length === 0 && files.size === 0) return null
      const urlOf = (value: JsonValue): JsonValue => {
        if (Array.isArray(value)) return value.map(urlOf)
        const file = typeof value === 'string' ? files.get(value) : undefined
        return file === undefined ? value : `${of.mediaUrl()}${file.name}`
      }
      const replaced = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, urlOf(value)]))
      const added = [...files.values()]
      const given = {
        names: [...new Set([...names, ...added.map(({ name }) => name)])].sort(),
        files: added,
        quotaBytes: of.fileLimits.quotaBytes,
      }
      return { input: replaced, given }
    },
  }
}

/** Where in an input a URL stands, as errors name it. */
function fieldOf(input: Input, url: string): string {
  for (const [name, value] of Object.entries(input)) {
    if (value === url) return name
    const index = Array.isArray(value) ? value.indexOf(url) : -1
    if (index >= 0) return `${name}[${index}]`
  }
  return 'input'
}

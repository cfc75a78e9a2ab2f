import { copyFile } from 'node:fs/promises'
import type { Database } from '../database/database.ts'
import { samplePath } from '../engines/sandbox/samples.ts'
import type { AllowedPrivate } from '../network/address-rules.ts'
import { judgeUrl } from '../network/address-rules.ts'
import { FetchRefused, type SafeFetch } from '../network/safe-fetch.ts'
import { findMedia } from './find-media.ts'
import type { MediaStore } from './store.ts'

const INPUT_LIMITS = { maxBytes: 20 * 1024 * 1024, timeoutMs: 20_000, maxRedirects: 3 }

/** Media that callers name in their inputs. */
export interface Inputs {
  /** What is wrong with a URL as far as its text shows, or null. */
  judge(url: string): string | null
  /** Brings the bytes behind a URL into a file; throws `FetchRefused` with a reason the caller may read. */
  bring(url: string, path: string, signal: AbortSignal): Promise<void>
}

/** Creates the access to callers' media: our own URLs are read from the store, all others by the safe fetcher. */
export function createInputs(of: {
  database: Database
  store: MediaStore
  fetch: SafeFetch
  allowed: AllowedPrivate
  /** `<origin>/media/`; known only once the server listens. */
  mediaUrl: () => string
}): Inputs {
  const ownName = (url: string) => (url.startsWith(of.mediaUrl()) ? url.slice(of.mediaUrl().length) : null)
  return {
    judge: (url) => (ownName(url) === null ? judgeUrl(url, of.allowed) : null),
    async bring(url, path, signal) {
      const name = ownName(url)
      if (name === null) return of.fetch.download(url, path, INPUT_LIMITS, signal)
      const sample = samplePath(name)
      if (sample !== null) return copyFile(sample, path)
      const media = await findMedia(of.database, name)
      if (media === null) throw new FetchRefused('there is no such file here')
      await copyFile(of.store.pathOf(media.blob), path)
    },
  }
}

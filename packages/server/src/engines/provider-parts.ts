import type { Inputs } from '../media/inputs.ts'
import type { MediaStore } from '../media/store.ts'
import type { HeldCalls } from './held/held-calls.ts'
import type { ProviderConfig } from './providers.ts'

/** Tells the operator of something a provider's documentation does not foresee. Never holds a secret or an input. */
export type OnWarning = (message: string) => void

/** What the adapter of a provider is made of. */
export interface ProviderParts extends ProviderConfig {
  fetch: typeof globalThis.fetch
  /** Lends the bytes of callers' media; see `wire/provide-media.ts`. */
  inputs: Pick<Inputs, 'lend'>
  /** Whether the provider could fetch a URL itself. */
  isReachable: (url: string) => boolean
  /** Keeps media that come as bytes; what is put there is named by `{ kind: 'blob' }`. */
  store: Pick<MediaStore, 'put' | 'makeWorkFolder'>
  /** Holds calls that are answered only once the media are made. */
  calls: HeldCalls
  onWarning: OnWarning
}

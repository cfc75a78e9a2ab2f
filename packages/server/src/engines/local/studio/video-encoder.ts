import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The optional packages that make video; they are only loaded in the process that needs them. */
const PACKAGES = ['@napi-rs/webcodecs', 'mediabunny']

/**
 * Whether the optional packages for video are installed. It looks them up without loading them, so the parent can
 * ask at start without paying for a codec.
 */
export async function isVideoEncoderAvailable(): Promise<boolean> {
  return PACKAGES.every((name) => {
    try {
      return existsSync(fileURLToPath(import.meta.resolve(name)))
    } catch {
      return false
    }
  })
}

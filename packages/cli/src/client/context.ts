import { type Clipia, createClient } from '@clipia/client'
import { createTerminal, type Streams, type Terminal } from '../terminal/terminal.ts'
import { type Credentials, readCredentials } from './credentials.ts'

/** Flags every command of the API has. */
export interface ClientFlags {
  key?: string
  baseUrl?: string
  json?: boolean
}

/** What a command of the API works with. */
export interface ClientContext {
  terminal: Terminal
  /** The client of the key that was found; throws when there is none. */
  clipia: Clipia
  /** The key is one of the sandbox: nothing costs anything. */
  isSandbox: boolean
}

/**
 * Finds the key: `--key`, then `CLIPIA_KEY`, then `clipia login`. The base URL of a login goes with its own key only, so that
 * no other key is sent there. Throws when there is none.
 */
export function findCredentials(flags: ClientFlags, environment: Streams['environment']): Credentials {
  const given = flags.key || environment.CLIPIA_KEY
  const login = given ? null : readCredentials(environment)
  const key = given || login?.key
  if (!key) throw new Error('No API key. Pass --key, set the CLIPIA_KEY environment variable or run clipia login.')
  return { key: key.trim(), baseUrl: flags.baseUrl ?? (environment.CLIPIA_BASE_URL || login?.baseUrl) }
}

/** Makes what a command of the API works with. Throws when there is no key, or a base URL that may not be used. */
export function createContext(flags: ClientFlags, streams: Streams): ClientContext {
  const terminal = createTerminal(streams, flags.json === true)
  if (flags.key !== undefined) {
    terminal.note('Warning: passing --key via argv is visible in process list; prefer CLIPIA_KEY env var.')
  }
  const { key, baseUrl } = findCredentials(flags, streams.environment)
  return { terminal, clipia: createClient({ apiKey: key, baseUrl }), isSandbox: key.startsWith('clipia_test_') }
}

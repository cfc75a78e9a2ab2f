import { checkBaseUrl, DEFAULT_BASE_URL } from './base-url.ts'

/** What a client is made with; everything has a default. */
export interface ClientConfig {
  /** API key, `clipia_live_...` or `clipia_test_...`. Default: the environment's `CLIPIA_KEY`. */
  apiKey?: string | undefined
  /** Default: the environment's `CLIPIA_BASE_URL`, else `https://api.clipia.ai`. `https`, or `http` on this machine. */
  baseUrl?: string | undefined
  /** Used for every call; default the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
  /** Most milliseconds one HTTP call may take, default 60,000. Waits and retries between calls are not in it. */
  timeoutMs?: number | undefined
  /** How often a failed call is tried again when that can do no harm, default 2; 0 never. */
  maxRetries?: number | undefined
}

/** A {@link ClientConfig} checked and completed. */
export interface CheckedConfig {
  apiKey: string
  baseUrl: string
  fetch: typeof globalThis.fetch
  timeoutMs: number
  maxRetries: number
}

/** The environment, where there is one. */
function environment(): Record<string, string | undefined> {
  // biome-ignore lint/style/noProcessEnv: the one place where the environment enters the client
  return typeof process === 'undefined' ? {} : process.env
}

/** Completes what a client is made with. Throws a TypeError that names the option and what is allowed. */
export function checkConfig(config: ClientConfig = {}): CheckedConfig {
  const variables = environment()
  const apiKey = (config.apiKey ?? variables.CLIPIA_KEY ?? '').trim()
  if (apiKey === '') throw new TypeError('no API key: pass apiKey or set CLIPIA_KEY')
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey holds characters no API key has')
  const { timeoutMs = 60_000, maxRetries = 2, fetch = globalThis.fetch } = config
  if (typeof fetch !== 'function') throw new TypeError('there is no global fetch: pass fetch')
  if (!(timeoutMs > 0)) throw new TypeError(`timeoutMs must be above 0, got ${timeoutMs}`)
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError(`maxRetries must be a whole number from 0, got ${maxRetries}`)
  }
  const baseUrl = checkBaseUrl(config.baseUrl ?? (variables.CLIPIA_BASE_URL || DEFAULT_BASE_URL))
  return { apiKey, baseUrl, fetch, timeoutMs, maxRetries }
}

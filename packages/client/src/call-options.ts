/** What every call takes besides its own arguments. */
export interface CallOptions {
  /** Aborts the call and every wait within it; the call then throws the signal's reason. */
  signal?: AbortSignal | undefined
  /** Most milliseconds one HTTP call may take; default the client's. */
  timeoutMs?: number | undefined
}

/** Takes a bare signal, as published clients do, for the options that hold it. */
export function toCallOptions<T extends CallOptions>(options: T | AbortSignal | undefined): T | CallOptions {
  if (options instanceof AbortSignal) return { signal: options }
  return options ?? {}
}

/**
 * A fetch that waits for an answer as long as its signal lets it: Node's own gives up after five minutes without a header,
 * which a render on a slow machine may take.
 */
export async function openPatientFetch(): Promise<typeof globalThis.fetch> {
  const { Agent, fetch } = await import('undici')
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
  return ((url: string, init: object) => fetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch
}

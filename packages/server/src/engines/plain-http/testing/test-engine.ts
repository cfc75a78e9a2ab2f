import type { EngineContext, Job } from '../../engine.ts'
import type { ScriptedServer } from '../../testing/scripted-server.ts'
import { createHttpEngine, type HttpEngineOptions } from '../http-engine.ts'

/** The job that adapter tests start. */
export const JOB: Job = {
  requestId: '0190f8a0-0000-7000-8000-000000000001',
  accountId: '0190f8a0-0000-7000-8000-0000000000ac',
  model: 'acme/painter',
  type: 'image',
  input: { prompt: 'a "lighthouse"\nat dusk', num_images: 2 },
  media: [],
  settings: { checkpoint: 'painter-v2' },
}

/** The moment of every call of these tests. */
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5)

/** What an engine call is given when nothing aborts it. */
export function makeContext(signal: AbortSignal = new AbortController().signal): EngineContext {
  return { signal, nowMs: NOW_MS, callbackUrl: null }
}

/** An engine with every option on, in front of a server, and the warnings it gave. */
export function makeEngine(server: Pick<ScriptedServer, 'url'>, options: Partial<HttpEngineOptions> = {}) {
  const warnings: string[] = []
  const engine = createHttpEngine({
    baseUrl: `${server.url}/v2/`,
    token: 'gpu-token-1',
    capacity: 4,
    fetch: globalThis.fetch,
    canFind: true,
    onWarning: (message) => void warnings.push(message),
    ...options,
  })
  return { engine, warnings }
}

import { randomUUID } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Observer } from '../metrics/observer.ts'
import { isPublicUrl } from '../network/is-public-url.ts'
import type { HttpEngineConfig } from '../settings/engine-settings.ts'
import type { Engine } from './engine.ts'
import { loadDescribedEngines } from './generic/load-definitions.ts'
import { createHeldCalls } from './held/held-calls.ts'
import { createLocalEngine, type LocalEngineDependencies } from './local/local-engine.ts'
import { isVideoEncoderAvailable } from './local/studio/video-encoder.ts'
import { openProvider } from './open-provider.ts'
import { createSandboxEngine } from './sandbox/sandbox-engine.ts'

/** What the engines need of the process. */
export interface EngineParts extends Omit<LocalEngineDependencies, 'canEncodeVideo'> {
  config: Config
  /** Stores the wish to cancel a running request, as its owner does. */
  cancel: (requestId: string) => Promise<void>
  observer: Observer
}

/** Opens the built-in engine and those an operator has set up; nothing of the others is loaded. */
export async function openEngines(of: EngineParts): Promise<Engine[]> {
  const { httpEngine, providers, fetchAllowPrivate } = of.config
  const local = createLocalEngine({ ...of, canEncodeVideo: await isVideoEncoderAvailable() })
  // A word an adapter does not know means that the job is alive, and that somebody must teach the adapter.
  const warn = (engine: string) => (message: string) => {
    of.log.warn({ engine }, message)
    of.observer.upstreamFailed(engine, 'unknown_word')
  }
  const engines: Engine[] = [local, createSandboxEngine(of.cancel)]
  if (httpEngine !== null) engines.push(await openHttpEngine(httpEngine, warn('http')))
  const isReachable = (url: string) => isPublicUrl(url, fetchAllowPrivate)
  const calls = createHeldCalls({ ...of, makeId: randomUUID })
  const { fetch } = globalThis
  for (const [name, provider] of providers) {
    const onWarning = warn(name)
    engines.push(await openProvider(name, { ...of, ...provider, isReachable, fetch, calls, onWarning }))
  }
  for (const { definition, ...described } of loadDescribedEngines(of.config)) {
    const { createGenericEngine } = await import('./generic/generic-engine.ts')
    const onWarning = warn(definition.name)
    engines.push(createGenericEngine(definition, { ...of, ...described, isReachable, fetch, onWarning }))
  }
  return engines
}

async function openHttpEngine(engine: HttpEngineConfig, onWarning: (message: string) => void): Promise<Engine> {
  const { createHttpEngine } = await import('./plain-http/http-engine.ts')
  return createHttpEngine({ ...engine, fetch: globalThis.fetch, onWarning })
}

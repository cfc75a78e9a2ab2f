import type { Logger } from 'pino'
import type { Config, HttpEngineConfig } from '../config.ts'
import type { Engine } from './engine.ts'
import { createLocalEngine, type LocalEngineDependencies } from './local/local-engine.ts'
import { isVideoEncoderAvailable } from './local/studio/video-encoder.ts'
import { createSandboxEngine } from './sandbox/sandbox-engine.ts'

/** What the engines need of the process. */
export interface EngineParts extends Omit<LocalEngineDependencies, 'canEncodeVideo'> {
  config: Config
  /** Stores the wish to cancel a running request, as its owner does. */
  cancel: (requestId: string) => Promise<void>
}

/** Opens the built-in engine and those an operator has set up; nothing of the others is loaded. */
export async function openEngines(of: EngineParts): Promise<Engine[]> {
  const { httpEngine } = of.config
  const local = createLocalEngine({ ...of, canEncodeVideo: await isVideoEncoderAvailable() })
  return [
    local,
    createSandboxEngine(of.cancel),
    ...(httpEngine === null ? [] : [await openHttpEngine(httpEngine, of.log)]),
  ]
}

async function openHttpEngine(engine: HttpEngineConfig, log: Logger): Promise<Engine> {
  const { createHttpEngine } = await import('./plain-http/http-engine.ts')
  const onWarning = (message: string) => log.warn({ engine: 'http' }, message)
  return createHttpEngine({ ...engine, fetch: globalThis.fetch, onWarning })
}

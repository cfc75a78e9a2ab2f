import type { Engine } from './engine.ts'
import type { ProviderParts } from './provider-parts.ts'
import type { ProviderName } from './providers.ts'

/** Loads the adapter of a provider, and its packages, only where an operator has set it up. */
const OPENERS: Readonly<Record<ProviderName, (parts: ProviderParts) => Promise<Engine>>> = {
  fal: async (parts) => (await import('./fal/fal-engine.ts')).createFalEngine(parts),
  replicate: async (parts) => (await import('./replicate/replicate-engine.ts')).createReplicateEngine(parts),
  openai: async (parts) => (await import('./openai/openai-engine.ts')).createOpenaiEngine(parts),
  google: async (parts) => (await import('./google/google-engine.ts')).createGoogleEngine(parts),
  bytedance: async (parts) => (await import('./bytedance/bytedance-engine.ts')).createBytedanceEngine(parts),
  comfyui: async (parts) => (await import('./comfyui/comfyui-engine.ts')).createComfyuiEngine(parts),
  sdapi: async (parts) => {
    const { openPatientFetch } = await import('./held/open-patient-fetch.ts')
    const { createSdapiEngine } = await import('./sdapi/sdapi-engine.ts')
    return createSdapiEngine({ ...parts, fetch: await openPatientFetch() })
  },
}

/** Opens the engine of a provider that is set up. */
export function openProvider(name: ProviderName, parts: ProviderParts): Promise<Engine> {
  return OPENERS[name](parts)
}

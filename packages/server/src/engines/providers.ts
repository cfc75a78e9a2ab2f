/** A provider that an operator sets up by a variable of the environment. */
export interface Provider {
  /** The name by which routes of model files call it. */
  name: string
  /** For people. */
  title: string
  /** Variable with its credential; set, the models of the provider become active. */
  credentialVariable: string
  /** Variable with another base URL, for proxies and tests. */
  baseUrlVariable: string
  /** Null for a server of the operator's own: its URL makes it active, and it need not ask for a credential. */
  baseUrl: string | null
  /** Variable with how many jobs it may have at once, over all nodes. */
  capacityVariable: string
  capacity: number
}

/**
 * Every provider: the one table behind settings, documentation and assembly. A row here, an adapter in a folder of the
 * same name and its line in `open-provider.ts` make an engine.
 */
export const PROVIDERS = [
  {
    name: 'fal',
    title: 'fal',
    credentialVariable: 'FAL_KEY',
    baseUrlVariable: 'FAL_BASE_URL',
    baseUrl: 'https://queue.fal.run',
    capacityVariable: 'CLIPIA_FAL_CAPACITY',
    capacity: 20,
  },
  {
    name: 'replicate',
    title: 'Replicate',
    credentialVariable: 'REPLICATE_API_TOKEN',
    baseUrlVariable: 'REPLICATE_BASE_URL',
    baseUrl: 'https://api.replicate.com/v1',
    capacityVariable: 'CLIPIA_REPLICATE_CAPACITY',
    capacity: 20,
  },
  {
    name: 'openai',
    title: 'OpenAI',
    credentialVariable: 'OPENAI_API_KEY',
    baseUrlVariable: 'OPENAI_BASE_URL',
    baseUrl: 'https://api.openai.com/v1',
    capacityVariable: 'CLIPIA_OPENAI_CAPACITY',
    capacity: 10,
  },
  {
    name: 'google',
    title: 'Google',
    credentialVariable: 'GEMINI_API_KEY',
    baseUrlVariable: 'GEMINI_BASE_URL',
    baseUrl: 'https://generativelanguage.googleapis.com',
    capacityVariable: 'CLIPIA_GOOGLE_CAPACITY',
    capacity: 10,
  },
  {
    name: 'bytedance',
    title: 'ByteDance',
    credentialVariable: 'ARK_API_KEY',
    baseUrlVariable: 'ARK_BASE_URL',
    baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
    capacityVariable: 'CLIPIA_BYTEDANCE_CAPACITY',
    capacity: 10,
  },
  {
    name: 'comfyui',
    title: 'ComfyUI',
    credentialVariable: 'COMFYUI_TOKEN',
    baseUrlVariable: 'COMFYUI_URL',
    baseUrl: null,
    capacityVariable: 'CLIPIA_COMFYUI_CAPACITY',
    capacity: 2,
  },
  {
    name: 'sdapi',
    title: 'Stable Diffusion WebUI',
    credentialVariable: 'SDAPI_AUTH',
    baseUrlVariable: 'SDAPI_URL',
    baseUrl: null,
    capacityVariable: 'CLIPIA_SDAPI_CAPACITY',
    capacity: 1,
  },
] as const satisfies readonly Provider[]

/** Name of a provider. */
export type ProviderName = (typeof PROVIDERS)[number]['name']

/** How a provider that is set up is reached. */
export interface ProviderConfig {
  /** Empty where a server of the operator's own asks for none. */
  credential: string
  /** Absolute http(s) URL. */
  baseUrl: string
  capacity: number
}

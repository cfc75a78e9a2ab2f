import { type CallOptions, toCallOptions } from './call-options.ts'
import type { Transport } from './http/transport.ts'
import type { InputOf, ModelSlug } from './model-inputs.ts'
import type { EstimateResponse, ModelDetail, ModelList } from './wire/catalogue.ts'

/** What listing models takes. */
export interface ListModelsOptions extends CallOptions {
  /** Only models of this type, such as `image`. */
  type?: string | undefined
  /** Only models that can do this, such as `text-to-video`. */
  capability?: string | undefined
}

/** The catalogue and its prices. */
export interface Models {
  /** The models this key can use. */
  list(options?: ListModelsOptions | AbortSignal): Promise<ModelList>
  /** One model with the schema of its input. */
  get(slug: ModelSlug, options?: CallOptions | AbortSignal): Promise<ModelDetail>
  /** The exact price of an input, with a quote that holds it for ten minutes; queues and charges nothing. */
  estimate<const Slug extends ModelSlug>(
    slug: Slug,
    input: InputOf<Slug>,
    options?: CallOptions | AbortSignal,
  ): Promise<EstimateResponse>
}

/** Makes the calls of the catalogue. */
export function createModels(transport: Transport): Models {
  const path = (slug: string) => `/v1/models/${encodeURIComponent(slug)}`
  return {
    async list(options) {
      const { type, capability, ...call }: ListModelsOptions = toCallOptions(options)
      return (await transport.json<ModelList>({ ...call, path: '/v1/models', query: { type, capability } })).body
    },
    async get(slug, options) {
      return (await transport.json<ModelDetail>({ ...toCallOptions(options), path: path(slug) })).body
    },
    async estimate(slug, input, options) {
      if (typeof input !== 'object' || input === null) throw new TypeError('input must be an object')
      const call = { ...toCallOptions(options), path: `${path(slug)}/estimate`, json: { input } }
      return (await transport.json<EstimateResponse>({ ...call, method: 'POST' })).body
    },
  }
}

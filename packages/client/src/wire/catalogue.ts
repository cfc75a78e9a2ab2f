/** One value a priced parameter can take. */
export type ParameterValue = string | number | boolean

/** Rules of a value. */
export interface ValueRules {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  description?: string
  /** The only values allowed. */
  enum?: (string | number)[]
  minimum?: number
  maximum?: number
  /** Characters, counted in code points. */
  min_length?: number
  /** Characters, counted in code points. */
  max_length?: number
  /** `uri`: an absolute http or https URL. */
  format?: 'uri'
}

/** One field of a model's input. */
export interface ModelInputField extends ValueRules {
  required: boolean
  /** Used, priced and rendered when the field is left out. */
  default?: unknown
  items?: ValueRules
  min_items?: number
  max_items?: number
}

/** What a model costs, in credits; an estimate gives the price of one input. */
export interface ModelPricing {
  /** Price with the defaults. */
  credits: number
  /** Price before multipliers and counts; may be a fraction. */
  credits_base: number
  /** Factor by parameter and value. */
  multipliers: Record<string, Record<string, number>>
  /** Parameters the price is multiplied by. */
  counts?: { param: string; unit: string; per: number; rounding: 'exact' | 'up' }[]
  /** For people. */
  note?: string
}

/** A model in the list of models. */
export interface ModelSummary {
  slug: string
  /** `image`, `video`, `audio`; more may come. */
  type: string
  name: string
  description?: string
  /** `text-to-image`, `image-to-video`, ... */
  capabilities: string[]
  pricing: ModelPricing
  /** Whether a live submit would run; told to test keys only. */
  available?: boolean
}

/** A model with the schema of its input. */
export interface ModelDetail extends ModelSummary {
  /** Every field `input` may hold, in the order to show them. */
  input_schema: Record<string, ModelInputField>
}

/** The catalogue. */
export interface ModelList {
  data: ModelSummary[]
}

/** How a price came about: base x factors x counts, rounded up once. */
export interface PriceBreakdown {
  base: number
  base_for?: Record<string, ParameterValue>
  factors: { param: string; value: ParameterValue; factor: number }[]
  counts: { param: string; value: number; unit: string }[]
  /** The product before rounding, as an exact decimal. */
  exact: string
  credits: number
}

/** The price of one input. */
export interface EstimateResponse {
  /** Whole credits. */
  credits: number
  breakdown: PriceBreakdown
  /** The input as it is priced and rendered, with the defaults. */
  input: Record<string, unknown>
  price_version: string
  /** Given at submit, this price holds until it expires. */
  quote: string
  /** ISO 8601, UTC. */
  quote_expires_at: string
}

/** What an error answer holds. */
export interface WireError {
  error: { type: string; code: string; message: string; param?: string }
}

/** What a submit answers. */
export interface WireSubmitted {
  request_id: string
  status: string
  queue_position: number
  status_url: string
  response_url: string
  cost: number
}

/** What the status of a request answers. */
export interface WireStatus {
  request_id: string
  status: string
  queue_position: number | null
  progress: number
  logs: { timestamp: string; message: string }[]
}

/** What the result of a request answers, over or not. */
export interface WireResult {
  request_id: string
  status: string
  model: string
  mode: string
  cost: number
  charged?: number
  seed?: number
  output?: {
    images?: { url: string; original_url: string; width: number; height: number }[]
    video?: { url: string; original_url: string; width: number; height: number; duration: number }
  }
  error?: { code: string; message: string }
  created_at: string
  completed_at?: string
}

/** What an estimate answers. */
export interface WireEstimate {
  credits: number
  breakdown: { base: number; exact: string; credits: number }
  input: Record<string, unknown>
  price_version: string
  quote: string
  quote_expires_at: string
}

/** An entry of the catalogue; `input_schema` in the detail, `available` for test keys. */
export interface WireModel {
  slug: string
  type: string
  name: string
  capabilities: string[]
  pricing: { credits: number; credits_base: number; multipliers: Record<string, Record<string, number>>; note?: string }
  input_schema?: Record<string, { type: string; required: boolean; enum?: unknown[]; default?: unknown }>
  available?: boolean
}

/** What the account answers. */
export interface WireAccount {
  account_id: string
  balance: { credits: number; reserved: number }
  usage_30d: { requests: number; credits_spent: number }
}

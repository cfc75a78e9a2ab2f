/** Where a generation stands. The last three are terminal and never change again. */
export type GenerationStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'CANCELED'

/** Statuses after which nothing changes any more. */
export const TERMINAL_STATUSES = ['COMPLETED', 'FAILED', 'CANCELED'] as const
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number]

/** Whether a generation in this status is over. */
export function isTerminal(status: GenerationStatus): status is TerminalStatus {
  return (TERMINAL_STATUSES as readonly string[]).includes(status)
}

/**
 * What a submit answers: the request is durable and its price fixed. The fields of the result are there only when the
 * server was asked to wait for it and it came in time.
 */
export interface SubmitResponse extends Partial<Omit<ResultResponse, 'request_id' | 'status' | 'cost' | 'pending'>> {
  /** UUID of the request; keep it, everything else can be asked for by it. */
  request_id: string
  status: GenerationStatus
  /** Requests of the same key ahead of it. */
  queue_position: number
  status_url: string
  response_url: string
  cancel_url: string
  events_url: string
  /** Price in whole credits. */
  cost: number
}

/** Where a generation stands. */
export interface StatusResponse {
  request_id: string
  status: GenerationStatus
  /** Requests of the same key ahead of it, at most; null once it left the queue. */
  queue_position: number | null
  /** 0 to 100. */
  progress: number
  /** What happened so far, oldest first. */
  logs: { timestamp: string; message: string }[]
}

/** A picture that was made. */
export interface OutputImage {
  /** Delivery rendition (WebP). */
  url: string
  /** Full quality (PNG). */
  original_url: string
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
}

/** A video that was made. */
export interface OutputVideo {
  url: string
  original_url: string
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
  /** Seconds. */
  duration: number
}

/** Sound that was made. */
export interface OutputAudio {
  url: string
  /** Seconds. */
  duration: number
}

/** What a model made: one of these, by its type. */
export interface GenerationOutput {
  images?: OutputImage[]
  video?: OutputVideo
  audio?: OutputAudio
}

/** Why a generation failed. */
export interface ResultError {
  /** `GENERATION_FAILED`, `CONTENT_REJECTED`, `INPUT_UNREACHABLE`, `TIMED_OUT`; more may come. */
  code: string
  message: string
}

/** The result of a generation, or as much of it as is known while `pending`. */
export interface ResultResponse {
  request_id: string
  status: GenerationStatus
  /** Slug. */
  model: string
  /** `live` spends credits, `test` is the sandbox. */
  mode: 'live' | 'test'
  /** Price in whole credits, fixed at submit. */
  cost: number
  /** ISO 8601, UTC. */
  created_at: string
  /** When COMPLETED. */
  output?: GenerationOutput
  /** When FAILED. */
  error?: ResultError
  /** Credits kept: the cost less what was refunded. */
  charged?: number
  /** Seed of the render, where the model has one. */
  seed?: number
  /** ISO 8601, UTC. */
  completed_at?: string
  /** When input and media were deleted (ISO 8601, UTC); the output is then empty. */
  deleted_at?: string
  /** Milliseconds in the queue and running. */
  timings?: { queue_ms: number; run_ms: number }
  /** Whether the generation is not over yet. */
  pending: boolean
}

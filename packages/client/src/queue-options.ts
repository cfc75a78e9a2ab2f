import type { CallOptions } from './call-options.ts'
import type { GenerationInput } from './model-inputs.ts'
import type { StatusResponse, SubmitResponse } from './wire/requests.ts'

/** What a submit takes. */
export interface SubmitOptions<Input = GenerationInput> extends CallOptions {
  /** The model's input; see its `input_schema`. */
  input: Input
  /** Absolute http(s) URL that is told when the generation is over. */
  webhookUrl?: string | undefined
  /** 1 to 255 visible ASCII characters, kept 24 hours: the same key and request never run twice. Default: a new UUID. */
  idempotencyKey?: string | undefined
  /** A quote of `models.estimate`: its price holds. */
  quote?: string | undefined
  /** Sandbox keys only: `slow`, `fail`, `reject`, `timeout` or `cancel` instead of completing at once. */
  sandboxScenario?: string | undefined
  /** Most credits it may cost; a higher price is refused with `price_changed`. */
  maxCost?: number | undefined
}

/** What `subscribe` takes besides. */
export interface FollowOptions {
  /** Told of every change; awaited when it answers a promise. */
  onQueueUpdate?: ((status: StatusResponse) => void | Promise<void>) | undefined
  /** Milliseconds between polls where live events cannot be had, default 1,000. */
  pollIntervalMs?: number | undefined
  /** Most milliseconds to wait for the end, default 600,000. The generation itself goes on. */
  timeoutMs?: number | undefined
  /** Aborts the waiting, not the generation. */
  signal?: AbortSignal | undefined
}

/** Submits and waits; or, with the `requestId` of an earlier submit, waits for that one and submits nothing. */
export interface SubscribeOptions<Input = GenerationInput>
  extends FollowOptions,
    Omit<SubmitOptions<Input>, 'timeoutMs' | 'signal'> {
  /** Of a submit before a crash, say: it is resumed. */
  requestId?: string | undefined
  /** Told, and awaited, as soon as the request is durable: the place to keep its id. */
  onSubmitted?: ((submitted: SubmitResponse) => void | Promise<void>) | undefined
}

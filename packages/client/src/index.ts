export type { AccountCalls, LedgerOptions } from './account.ts'
export type { CallOptions } from './call-options.ts'
export type { ClientConfig } from './client-config.ts'
export { Clipia, type ClipiaClient, createClient } from './clipia.ts'
export type { Deliveries, ListDeliveriesOptions, ListenOptions, LiveWebhook } from './deliveries.ts'
export type { Download, DownloadOptions } from './download.ts'
export { type ApiErrorCode, ClipiaApiError } from './errors/api-error.ts'
export { ClipiaConnectionError } from './errors/connection-error.ts'
export { ClipiaTimeoutError } from './errors/timeout-error.ts'
export type { Files, UploadOptions } from './files.ts'
export type { ListOptions } from './http/list-pages.ts'
export type { GenerationInput, InputOf, ModelInputs, ModelSlug } from './model-inputs.ts'
export type { ListModelsOptions, Models } from './models.ts'
export type { Queue, StatusOptions } from './queue.ts'
export type { FollowOptions, SubmitOptions, SubscribeOptions } from './queue-options.ts'
export type { ListRequestsOptions, Requests } from './requests.ts'
export type { Subscribe } from './subscribe.ts'
export { VERSION } from './version.ts'
export {
  type VerifyWebhookOptions,
  verifyWebhookSignature,
  type WebhookHeaders,
  type WebhookPayload,
} from './webhook.ts'
export type { Account } from './wire/account.ts'
export type {
  EstimateResponse,
  ModelDetail,
  ModelInputField,
  ModelList,
  ModelPricing,
  ModelSummary,
  ParameterValue,
  PriceBreakdown,
  ValueRules,
} from './wire/catalogue.ts'
export type { Delivery, DeliveryAttempt, DeliveryLog } from './wire/deliveries.ts'
export type { ApiErrorEnvelope } from './wire/errors.ts'
export type { UploadedFile } from './wire/files.ts'
export type { LedgerEntry, RequestEntry } from './wire/history.ts'
export {
  type GenerationOutput,
  type GenerationStatus,
  isTerminal,
  type OutputAudio,
  type OutputImage,
  type OutputVideo,
  type ResultError,
  type ResultResponse,
  type StatusResponse,
  type SubmitResponse,
  TERMINAL_STATUSES,
  type TerminalStatus,
} from './wire/requests.ts'

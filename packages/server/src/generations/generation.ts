import type { GenerationErrorCode, Mode, RequestStatus } from '@clipia/contract'

/** A stored output: names of media, never URLs, so that the origin may change. */
export type StoredOutput =
  | { type: 'image'; images: { name: string; originalName: string; width: number; height: number }[]; seed?: number }
  | { type: 'video'; name: string; width: number; height: number; duration: number; seed?: number }
  | { type: 'audio'; name: string; duration: number; seed?: number }
  /** What is left after its owner, or the operator's retention, had it deleted. */
  | { type: 'deleted'; seed?: undefined }

/** A generation as its owner may read it; times in epoch milliseconds, amounts in micro-credits. */
export interface Generation {
  requestId: string
  mode: Mode
  model: string
  status: RequestStatus
  version: number
  cost: number
  refunded: number
  output: StoredOutput | null
  error: { code: GenerationErrorCode; message: string } | null
  createdAt: number
  startedAt: number | null
  completedAt: number | null
  /** When its input and media were deleted; null while they are there. */
  deletedAt: number | null
}

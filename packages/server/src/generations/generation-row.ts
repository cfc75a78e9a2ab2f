import type { GenerationErrorCode, Mode, RequestStatus } from '@clipia/contract'
import type { Generation } from './generation.ts'

/** The columns of `requests` that {@link toGeneration} reads. */
export const GENERATION_COLUMNS = `request_id, mode, model, status, version, cost, refunded, output, error_code,
  error_message, created_at, started_at, completed_at, deleted_at`

/** A row of `requests` with {@link GENERATION_COLUMNS}. */
export interface GenerationRow {
  request_id: string
  mode: Mode
  model: string
  status: RequestStatus
  version: number
  cost: number
  refunded: number
  output: string | null
  error_code: GenerationErrorCode | null
  error_message: string | null
  created_at: number
  started_at: number | null
  completed_at: number | null
  deleted_at: number | null
}

export function toGeneration(row: GenerationRow): Generation {
  return {
    requestId: row.request_id,
    mode: row.mode,
    model: row.model,
    status: row.status,
    version: row.version,
    cost: row.cost,
    refunded: row.refunded,
    output: row.output === null ? null : JSON.parse(row.output),
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    deletedAt: row.deleted_at,
  }
}

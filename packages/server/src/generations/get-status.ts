import type { RequestStatus } from '@clipia/contract'
import { type Database, firstOrNull } from '../database/database.ts'
import { checkRequestId, requestNotFound, type Viewer } from './get-generation.ts'

/** Where a generation stands. */
export interface GenerationStatus {
  requestId: string
  status: RequestStatus
  /** Requests of the same key ahead of it, at most; null once it left the queue. */
  queuePosition: number | null
  percent: number
  /** Counts what happened to it: every change of its status, progress or wish to cancel makes it larger. */
  version: number
  createdAt: number
  startedAt: number | null
  /** When its owner first asked for it to be stopped, while it ran. */
  cancelRequestedAt: number | null
  completedAt: number | null
  /** Why it FAILED. */
  errorMessage: string | null
}

interface StatusRow {
  request_id: string
  status: RequestStatus
  version: number
  progress: number
  cancel_requested_at: number | null
  position: number | null
  created_at: number
  started_at: number | null
  completed_at: number | null
  error_message: string | null
}

/**
 * Reads a status in one statement. The position is the distance to the key's oldest waiting request, one look-up in
 * `queue_waiting`: an upper bound, since requests in between may be gone, that never grows, since nothing comes back.
 */
const READ_STATUS = `SELECT r.request_id, r.status, r.version + coalesce(q.changes, 0) AS version,
    coalesce(q.progress, r.progress) AS progress, q.cancel_requested_at, r.error_message, r.created_at, r.started_at, r.completed_at,
    CASE WHEN r.status = 'IN_QUEUE' THEN q.seq - (
      SELECT min(w.seq) FROM queue w WHERE w.key_id = q.key_id AND w.has_started = 0
    ) END AS position
  FROM requests r LEFT JOIN queue q ON q.request_id = r.request_id
  WHERE r.request_id = $1 AND r.account_id = $2 AND r.mode = $3`

/** Reads where a generation stands; `not_found` as in `getGeneration`. */
export async function getStatus(database: Database, viewer: Viewer, requestId: string): Promise<GenerationStatus> {
  checkRequestId(requestId)
  const parameters = [requestId.toLowerCase(), viewer.accountId, viewer.mode]
  const row = firstOrNull(await database.read<StatusRow>(READ_STATUS, parameters))
  if (row === null) throw requestNotFound()
  return {
    requestId: row.request_id,
    status: row.status,
    queuePosition: row.position,
    percent: row.status === 'COMPLETED' ? 100 : row.progress,
    version: row.version,
    createdAt: row.created_at,
    startedAt: row.started_at,
    cancelRequestedAt: row.cancel_requested_at,
    completedAt: row.completed_at,
    errorMessage: row.error_message,
  }
}

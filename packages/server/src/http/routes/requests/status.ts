import type { StatusAnswer } from '@clipia/contract'
import { type GenerationStatus, getStatus } from '../../../generations/get-status.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/requests/{id}/status */
export function getStatusRoute({ database }: Services): Handler<'getStatus'> {
  return async ({ key, params }) => {
    return { body: toStatusAnswer(await getStatus(database, key, params.id)) }
  }
}

/** Words a status for the wire. */
export function toStatusAnswer(status: GenerationStatus): StatusAnswer {
  return {
    request_id: status.requestId,
    status: status.status,
    queue_position: status.queuePosition,
    progress: status.percent,
    logs: logsOf(status),
  }
}

const ENDINGS = { COMPLETED: 'Completed.', FAILED: 'Failed.', CANCELED: 'Canceled.' } as const

function logsOf({ createdAt, startedAt, completedAt, status }: GenerationStatus): StatusAnswer['logs'] {
  const logs = [{ timestamp: new Date(createdAt).toISOString(), message: 'Queued.' }]
  if (startedAt !== null) logs.push({ timestamp: new Date(startedAt).toISOString(), message: 'Started.' })
  if (completedAt !== null && status in ENDINGS) {
    const message = ENDINGS[status as keyof typeof ENDINGS]
    logs.push({ timestamp: new Date(completedAt).toISOString(), message })
  }
  return logs
}

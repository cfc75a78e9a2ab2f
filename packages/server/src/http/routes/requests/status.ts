import type { StatusAnswer } from '@clipia/contract'
import { holdUntil } from '../../../events/hold-until.ts'
import { type GenerationStatus, getStatus } from '../../../generations/get-status.ts'
import { isTerminal } from '../../../generations/states.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/requests/{id}/status */
export function getStatusRoute({ database, events }: Services): Handler<'getStatus'> {
  return async ({ key, params, query, onClose }) => {
    const status = await getStatus(database, key, params.id)
    if (query.wait === undefined || query.wait === 0 || isTerminal(status.status))
      return { body: toStatusAnswer(status) }
    const { requestId, version } = status
    const hold = { hub: events, requestId, keyId: key.keyId, waitMs: query.wait * 1_000, onGone: onClose }
    const read = () => getStatus(database, key, requestId)
    return { body: toStatusAnswer(await holdUntil(hold, read, (current) => current.version > version)) }
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

function logsOf(status: GenerationStatus): StatusAnswer['logs'] {
  const { createdAt, startedAt, cancelRequestedAt, completedAt } = status
  const lines: [number | null, string][] = [
    [createdAt, 'Queued.'],
    [startedAt, 'Started.'],
    [cancelRequestedAt, 'Asked to stop.'],
    [completedAt, endingOf(status)],
  ]
  return lines.flatMap(([time, message]) =>
    time === null ? [] : [{ timestamp: new Date(time).toISOString(), message }],
  )
}

function endingOf({ status, errorMessage }: GenerationStatus): string {
  if (status === 'COMPLETED') return 'Completed.'
  return status === 'CANCELED' ? 'Canceled.' : `Failed: ${errorMessage}`
}

import { getStatus } from '../../../generations/get-status.ts'
import { isTerminal } from '../../../generations/states.ts'
import { follow } from '../../follow.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toStatusAnswer } from './status.ts'

/** GET /v1/requests/{id}/events */
export function streamStatusRoute({ database, events, clock, log }: Services): Handler<'streamStatus'> {
  return async ({ key, params, headers }) => {
    const { requestId, status, version } = await getStatus(database, key, params.id)
    // An EventSource comes back after every end; this answer tells it to stay away.
    if (isTerminal(status) && headers['last-event-id'] === String(version)) return { status: 204, body: null }

    events.checkRoom(key.keyId)
    return {
      body: null,
      stream(stream) {
        let sent = ''
        const followed = {
          keyId: key.keyId,
          watch: events.watchRequest.bind(events, requestId),
          async refresh() {
            const current = await getStatus(database, key, requestId)
            const data = JSON.stringify(toStatusAnswer(current))
            if (data !== sent) stream.send({ event: 'status', id: String(current.version), data })
            sent = data
            return { version: current.version, isLast: isTerminal(current.status), hasMore: false }
          },
          onFailure: (error: unknown) => log.warn({ requestId, err: error }, 'a stream could not be refreshed'),
        }
        follow(stream, followed, clock.now())
      },
    }
  }
}

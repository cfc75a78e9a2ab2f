import { ClipiaError } from '../../../errors.ts'
import { type EndedRequest, getLastEnding, listEndings } from '../../../events/list-endings.ts'
import { getGeneration } from '../../../generations/get-generation.ts'
import type { ApiKey } from '../../../keys/api-key.ts'
import { getSecrets } from '../../../webhooks/get-secrets.ts'
import { signWebhook } from '../../../webhooks/signature.ts'
import { buildWebhookBody } from '../../../webhooks/webhook-body.ts'
import type { ServerSentEvent } from '../../event-stream.ts'
import { follow } from '../../follow.ts'
import type { Handler } from '../../handler.ts'
import { toOutput } from '../../output.ts'
import type { Services } from '../../services.ts'

/** Webhooks sent before it is looked whether the client keeps up. */
const PAGE = 20

/** GET /v1/webhooks/events */
export function streamWebhooksRoute(services: Services): Handler<'streamWebhooks'> {
  const { database, events, clock, log } = services
  return async ({ key, headers }) => {
    const head = await getLastEnding(database, key)
    let cursor = readLastEventId(headers['last-event-id'], head) ?? head

    events.checkRoom(key.keyId)
    return {
      body: null,
      stream(stream) {
        // So that a client that is cut off before anything happened knows where to resume.
        stream.send({ event: 'ready', id: String(cursor), data: JSON.stringify({ mode: key.mode }) })
        const followed = {
          keyId: key.keyId,
          watch: events.watchEndings.bind(events, key.accountId, key.mode),
          async refresh() {
            const endings = await listEndings(database, key, cursor, PAGE)
            // Places have no gaps but those that were forgotten; `head` was read before, so it is here or forgotten.
            const first = endings[0]?.seq ?? head + 1
            if (first > cursor + 1) {
              stream.send({ event: 'gap', id: String(first - 1), data: JSON.stringify({ missed: first - 1 - cursor }) })
              cursor = first - 1
            }
            for await (const event of wordEndings(services, key, endings)) {
              stream.send(event)
              // At once: if the next one cannot be read, this one must not be told again.
              cursor = Number(event.id)
            }
            return { version: cursor, isLast: false, hasMore: endings.length === PAGE }
          },
          onFailure: (error: unknown) => log.warn({ err: error }, 'a stream of webhooks could not be refreshed'),
        }
        follow(stream, followed, clock.now())
      },
    }
  }
}

/** The place to resume at; null to begin with what ends from now on. */
function readLastEventId(id: string | undefined, head: number): number | null {
  if (id === undefined) return null
  if (/^\d{1,15}$/.test(id) && Number(id) <= head) return Number(id)
  throw new ClipiaError('invalid_request', 'Last-Event-ID must be the id of an event of this stream.', {
    param: 'Last-Event-ID',
  })
}

/** What ended, each as its webhook would be sent now. */
async function* wordEndings(
  services: Services,
  key: ApiKey,
  endings: readonly EndedRequest[],
): AsyncGenerator<ServerSentEvent> {
  if (endings.length === 0) return
  const { database, clock } = services
  const secrets = await getSecrets(services, key)
  for (const { seq, requestId, deliveryId } of endings) {
    const generation = await getGeneration(database, key, requestId)
    const { output } = generation
    const body = buildWebhookBody(generation, output === null ? null : toOutput(output, services.mediaUrl()))
    const headers = signWebhook(secrets, deliveryId, body, clock.now())
    yield { event: 'webhook', id: String(seq), data: JSON.stringify({ headers, body }) }
  }
}

import { type Output, REQUEST_STATUSES } from '@clipia/contract'
import Type from 'typebox'
import { listGenerations } from '../generations/list-generations.ts'
import { isTerminal } from '../generations/states.ts'
import { CONTENT_TYPES } from '../media/content-types.ts'
import { previewImages } from './preview-images.ts'
import { toRefusal } from './refusal.ts'
import type { MediaLink, ToolAnswer, ToolContext } from './tool.ts'

/** How often a request is looked at of a model nothing is known of, in milliseconds. */
const FIRST_POLL_MS: Readonly<Record<string, number>> = { image: 2_000, audio: 3_000, video: 15_000 }
const LEAST_POLL_MS = 1_000
const MOST_POLL_MS = 60_000
const MEASURED = 10

/** What is left of a wait and shorter is not waited for. */
const LEAST_WAIT_MS = 300

const READ_AGAIN = 'Reading is free: make the same call again.'

/** What every tool about one generation answers: its id first, then all that the result of the API has. */
export const GenerationAnswer = Type.Object({
  request_id: Type.String({ description: 'Keep it: everything about this generation is asked by it.' }),
  status: Type.Enum([...REQUEST_STATUSES]),
  model: Type.Optional(Type.String()),
  model_chosen: Type.Optional(Type.String({ description: 'Who chose the model: caller or default.' })),
  mode: Type.Optional(Type.String({ description: 'live spends credits, test is the free sandbox.' })),
  cost: Type.Optional(Type.Integer({ description: 'Price in credits.' })),
  charged: Type.Optional(Type.Integer({ description: 'Credits kept, once it is over.' })),
  progress: Type.Optional(Type.Integer()),
  queue_position: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  output: Type.Optional(Type.Unknown({ description: 'URLs of what was made.' })),
  error: Type.Optional(Type.Unknown()),
  replayed: Type.Optional(
    Type.Boolean({ description: 'An identical call made this generation earlier; nothing new was bought.' }),
  ),
  another: Type.Optional(Type.String({ description: 'How to make one more of the same, if that is wanted.' })),
  next_poll_ms: Type.Optional(Type.Integer({ description: 'Wait this long before the next call.' })),
  next: Type.Optional(
    Type.Object(
      { tool: Type.String(), arguments: Type.Record(Type.String(), Type.Unknown()) },
      {
        description: 'The call to make next; absent when the generation is over.',
      },
    ),
  ),
})

/** How a generation stands after waiting for its end, `waitMs` at most; the refusal of the API where it has none. */
export async function describeGeneration(context: ToolContext, requestId: string, waitMs: number): Promise<ToolAnswer> {
  const params = { id: requestId }
  const end = performance.now() + waitMs
  let status = await context.call('getStatus', { params })
  for (;;) {
    const leftMs = end - performance.now()
    if (status.status !== 200 || isTerminal(status.body.status as never) || leftMs < LEAST_WAIT_MS) break
    // Whole seconds, one at least: a wait that is cut to nothing would make a caller ask in a circle.
    const wait = Math.min(30, Math.max(1, Math.floor(leftMs / 1_000)))
    status = await context.call('getStatus', { params, query: { wait } })
  }
  if (status.status !== 200) return toRefusal(status, READ_AGAIN)
  const result = await context.call('getResult', { params })
  if (result.status >= 300) return toRefusal(result, READ_AGAIN)
  const { status: stands, ...rest } = result.body
  const data = { request_id: requestId, status: stands, ...rest }
  if (result.status === 200) {
    const output = rest.output as Output | undefined
    return { data, links: linksOf(output), previews: await previewImages(context.services, output) }
  }
  return {
    data: {
      ...data,
      progress: status.body.progress,
      queue_position: status.body.queue_position,
      next_poll_ms: await nextPollMs(context, String(rest.model), Date.parse(String(rest.created_at))),
      next: { tool: 'wait_generation', arguments: { request_id: requestId } },
    },
  }
}

/** When the next look is worth it: when the model's latest generations of the account would have been over. */
async function nextPollMs({ services, key }: ToolContext, slug: string, createdAt: number): Promise<number> {
  const filter = { model: slug, status: 'COMPLETED' } as const
  const latest = await listGenerations(services.database, key, filter, { before: null, limit: MEASURED })
  const durations = latest
    .map(({ startedAt, completedAt }) => (completedAt ?? 0) - (startedAt ?? completedAt ?? 0))
    .filter((durationMs) => durationMs > 0)
    .toSorted((left, right) => left - right)
  const typicalMs = durations[Math.floor(durations.length / 2)]
  if (typicalMs === undefined) {
    return FIRST_POLL_MS[services.catalogue().find(slug)?.type ?? 'video'] ?? LEAST_POLL_MS
  }
  const leftMs = createdAt + typicalMs - services.clock.now()
  return Math.round(Math.min(MOST_POLL_MS, Math.max(LEAST_POLL_MS, leftMs)))
}

function linksOf(output: Output | undefined): MediaLink[] {
  const link = (uri: string, name: string): MediaLink => ({ uri, name, mimeType: typeOf(uri) })
  return [
    ...(output?.images ?? []).flatMap(({ url, original_url }, index) => [
      link(url, `image ${index + 1}`),
      link(original_url, `image ${index + 1}, full quality`),
    ]),
    ...(output?.video ? [link(output.video.url, 'video')] : []),
    ...(output?.audio ? [link(output.audio.url, 'audio')] : []),
  ]
}

/** By the extension, which our own names of media have from their type. */
function typeOf(url: string): string {
  const known = Object.entries(CONTENT_TYPES).find(([, { extension }]) => url.endsWith(`.${extension}`))
  return known?.[0] ?? 'application/octet-stream'
}

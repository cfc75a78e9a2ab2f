import type { Engine } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { textOf } from '../wire/json-fields.ts'
import { provideMedia, toDataUrl } from '../wire/provide-media.ts'
import { cancelTask, checkTask, startTask } from './seedance.ts'
import { makeSeedreamImages } from './seedream.ts'

/**
 * The engine of ByteDance's Ark: videos of Seedance are tasks that are asked for; images of Seedream are calls that are
 * held until they are answered (see {@link HeldCalls}). Its callbacks are not asked for: they bear no signature. There
 * is no official package for Node.
 */
export function createBytedanceEngine(of: ProviderParts): Engine {
  const headers = { authorization: `Bearer ${of.credential}` }
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })

  return {
    name: 'bytedance',
    traits: { isStartIdempotent: false, pollMs: 3_000, capacity: of.capacity },
    isActive: (settings) => settings === undefined || textOf(settings.model) !== null,
    freeSlots: () => of.capacity,
    async start(job, context) {
      if (job.type === 'video') return startTask(call, job, of, context)
      const provided = await provideMedia(job, of, context.signal, toDataUrl)
      if ('failure' in provided) return provided.failure
      const { signal, nowMs } = context
      return of.calls.hold(job, signal, (held) =>
        makeSeedreamImages(call, job, provided.input, of, { signal: held, nowMs }),
      )
    },
    check: (job, ticket, context) =>
      job.type === 'video'
        ? checkTask(call, ticket, of.onWarning, context)
        : of.calls.check(job, ticket, context.nowMs),
    cancelable: ({ type }) => (type === 'video' ? 'waiting' : 'never'),
    cancel: (_job, ticket, context) => cancelTask(call, ticket, context),
    close: (graceMs) => of.calls.close(graceMs),
  }
}

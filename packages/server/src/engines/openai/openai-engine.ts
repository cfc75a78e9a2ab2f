import type { Engine, Job } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { downloadFile } from '../wire/download-file.ts'
import { textOf } from '../wire/json-fields.ts'
import { buildImageRequest, makeImages } from './images.ts'
import { createVideos, videoOf } from './videos.ts'

const OPENAI_URL = 'https://api.openai.com'

/**
 * The engine of OpenAI's Images API and of the Videos API. A call for images is held until it is answered (see
 * {@link HeldCalls}); videos are jobs that are asked for. OpenAI itself ended its Videos API in September 2026: models that
 * go there (setting `api: videos`) are active only where the base URL is another server's that speaks it.
 *
 * The official package is not used: it takes 20 MB, has no way to bound an answer, sends edits as forms only, and hides
 * whether a request was ever written, by which an outcome is judged.
 */
export function createOpenaiEngine(of: ProviderParts): Engine {
  const headers = { authorization: `Bearer ${of.credential}` }
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  const hasVideos = new URL(of.baseUrl).origin !== OPENAI_URL
  const videos = createVideos(call, of)

  return {
    name: 'openai',
    traits: { isStartIdempotent: false, pollMs: 2_000, capacity: of.capacity },
    isActive: (settings) =>
      settings === undefined || (textOf(settings.model) !== null && (hasVideos || !isVideo(settings))),
    freeSlots: () => of.capacity,
    async start(job, context) {
      if (isVideo(job.settings)) return videos.start(job, context)
      const request = await buildImageRequest(job, of, context.signal)
      if ('failure' in request) return request.failure
      const { nowMs } = context
      return of.calls.hold(job, context.signal, (signal) => makeImages(call, job, request, of, { signal, nowMs }))
    },
    check: (job, ticket, context) =>
      isVideo(job.settings) ? videos.check(ticket, context) : of.calls.check(job, ticket, context.nowMs),
    download: (_job, reference, path, { signal }) =>
      downloadFile(
        { ...of, headers },
        `${of.baseUrl.replace(/\/+$/, '')}/videos/${videoOf(reference)}/content`,
        path,
        signal,
      ),
    close: (graceMs) => of.calls.close(graceMs),
  }
}

function isVideo(settings: Job['settings']): boolean {
  return settings.api === 'videos'
}

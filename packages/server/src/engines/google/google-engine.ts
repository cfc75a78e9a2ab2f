import type { JsonValue } from '../../json.ts'
import type { Engine, Job } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { downloadFile } from '../wire/download-file.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { buildGeminiRequest, makeGeminiImages } from './gemini.ts'
import { makeImagenImages } from './imagen.ts'
import { checkVideo, startVideo } from './veo.ts'

const GOOGLE_URL = 'https://generativelanguage.googleapis.com'
/** Models that Google itself serves no more; docs/engines/google.md says where that was read. */
const SHUT_DOWN = /^(imagen-|veo-[23]\.)/

/**
 * The engine of the Gemini API. The name of a model tells how it is called: `veo-...` starts an operation that is asked for,
 * `imagen-...` and all others (Gemini's image models) are calls that are held until they are answered (see
 * {@link HeldCalls}). Google has shut Imagen and Veo, up to 3.1, down in this API: these models are active only where the
 * base URL is another server's that still serves them.
 *
 * The official package is not used: it takes 13 MB, hides whether a request was ever written, by which an outcome is
 * judged, bounds no answer, and sends the key along wherever a download leads.
 */
export function createGoogleEngine(of: ProviderParts): Engine {
  const headers = { 'x-goog-api-key': of.credential }
  // Some write the version into the URL, as other tools want it.
  const base = `${of.baseUrl.replace(/(\/v1beta)?\/*$/, '')}/v1beta`
  const call = createCall({ baseUrl: base, headers, fetch: of.fetch })
  const isGoogle = new URL(of.baseUrl).origin === GOOGLE_URL

  return {
    name: 'google',
    traits: { isStartIdempotent: false, pollMs: 3_000, capacity: of.capacity },
    isActive(settings) {
      if (settings === undefined) return true
      return isModelName(settings.model) && !(isGoogle && SHUT_DOWN.test(settings.model))
    },
    freeSlots: () => of.capacity,
    async start(job, context) {
      const { nowMs } = context
      if (!isModelName(job.settings.model)) throw new Error('the settings of the route name no model of Google')
      if (isKind(job.settings, 'veo')) return startVideo(call, job, of, context)
      if (isKind(job.settings, 'imagen')) {
        return of.calls.hold(job, context.signal, (signal) => makeImagenImages(call, job, of, { signal, nowMs }))
      }
      const request = await buildGeminiRequest(job, of, context.signal)
      if ('failure' in request) return request.failure
      return of.calls.hold(job, context.signal, (signal) => makeGeminiImages(call, job, request, of, { signal, nowMs }))
    },
    check: (job, ticket, context) =>
      isKind(job.settings, 'veo')
        ? checkVideo(call, ticket, of.onWarning, context)
        : of.calls.check(job, ticket, context.nowMs),
    download: (_job, reference, path, { signal }) =>
      downloadFile({ ...of, headers }, `${base}/${fileOf(reference)}:download?alt=media`, path, signal),
    close: (graceMs) => of.calls.close(graceMs),
  }
}

function isKind(settings: Job['settings'], kind: 'imagen' | 'veo'): boolean {
  return textOf(settings.model)?.startsWith(`${kind}-`) === true
}

function isModelName(model: unknown): model is string {
  return typeof model === 'string' && /^[a-z0-9][\w.-]{0,99}$/.test(model)
}

function fileOf(reference: JsonValue): string {
  const { file } = fieldsOf(reference)
  if (typeof file !== 'string' || !/^files\/[\w-]{1,100}$/.test(file)) throw new Error('it is no file of Google')
  return file
}

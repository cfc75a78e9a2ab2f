import type { Failed, Finished, Job, Outcome, Usage } from '../engine.ts'
import { NotAccepted } from '../engine.ts'
import { keepBase64 } from '../held/keep-base64.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import type { Call } from '../wire/call.ts'
import { fieldsOf, textOf, wholeOf } from '../wire/json-fields.ts'
import { partMedia } from '../wire/part-media.ts'
import { provideFiles } from '../wire/provide-files.ts'
import { toDataUrl } from '../wire/provide-media.ts'
import { MADE_NOTHING, REJECTED } from '../wire/rejected.ts'
import { sendStart } from '../wire/start-call.ts'
import { readRefusal } from './read-failure.ts'
import { splitDataUrl, toGoogleFields } from './wire-words.ts'

const MAX_ANSWER_BYTES = 100 * 1024 * 1024
const REJECTED_REASON = /SAFETY|PROHIBITED|BLOCKLIST|RECITATION|SPII/

/** What a Gemini model is to be sent, and how many times: a call makes one image. */
export interface GeminiRequest {
  body: object
  count: number
}

/** Makes the request of a job; all pictures go within it. */
export async function buildGeminiRequest(
  job: Job,
  parts: ProviderParts,
  signal: AbortSignal,
): Promise<GeminiRequest | { failure: Failed }> {
  const { media, rest } = partMedia(job)
  const provided = await provideFiles(job, media, { ...parts, isReachable: () => false }, signal, toDataUrl)
  if ('failure' in provided) return provided
  const { prompt, num_images: count, aspect_ratio: aspectRatio, resolution: imageSize, ...config } = rest
  const pictures = provided.files.map(({ name }) => ({ inlineData: splitDataUrl(name) }))
  const imageConfig = {
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(imageSize !== undefined && { imageSize }),
  }
  const body = {
    contents: [{ role: 'user', parts: [{ text: prompt ?? '' }, ...pictures] }],
    generationConfig: {
      responseModalities: ['IMAGE'],
      ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
      ...toGoogleFields(config, {}),
    },
  }
  return { body, count: typeof count === 'number' ? count : 1 }
}

/**
 * Makes the images of a job, each by a call of its own. It is all or nothing: where some are made and some are not, the
 * job fails, for none may be asked for twice. Only when all were refused has nothing begun.
 */
export async function makeGeminiImages(
  call: Call,
  job: Job,
  { body, count }: GeminiRequest,
  parts: Pick<ProviderParts, 'store' | 'onWarning'>,
  of: { signal: AbortSignal; nowMs: number },
): Promise<Outcome> {
  const calls = Array.from({ length: count }, () => makeOne(call, job, body, parts, of))
  const settled = await Promise.allSettled(calls)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  const outcomes = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = outcomes.find((outcome) => outcome.state !== 'finished')
  if (failed !== undefined) return failed
  if (errors.length > 0 && errors.length < count && errors.every((error) => error instanceof NotAccepted)) {
    const message = 'The provider made only some of the images.'
    return { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false }
  }
  const error = errors.find((one) => !(one instanceof NotAccepted)) ?? errors[0]
  if (error !== undefined) throw error
  return together(outcomes.filter((outcome) => outcome.state === 'finished'))
}

async function makeOne(
  call: Call,
  job: Job,
  body: object,
  { store, onWarning }: Pick<ProviderParts, 'store' | 'onWarning'>,
  of: { signal: AbortSignal; nowMs: number },
): Promise<Outcome> {
  const path = `/models/${job.settings.model}:generateContent`
  const answer = await sendStart(call('POST', path, of, { body, maxBytes: MAX_ANSWER_BYTES }))
  if (!answer.isOk) return readRefusal(answer)
  const { candidates, promptFeedback, usageMetadata } = fieldsOf(answer.body)
  if (textOf(fieldsOf(promptFeedback).blockReason) !== null) return REJECTED
  if (!Array.isArray(candidates)) throw new Error('Google answered a success without candidates')
  const { content, finishReason } = fieldsOf(candidates[0])
  const { parts } = fieldsOf(content)
  const pictures = (Array.isArray(parts) ? parts : []).map(fieldsOf).filter(({ inlineData, thought }) => {
    // A model that thinks may draw drafts.
    return inlineData !== undefined && thought !== true
  })
  const usage = readUsage(usageMetadata)
  const media = await keepBase64(
    pictures.map(({ inlineData }) => fieldsOf(inlineData).data),
    store,
  )
  if (media !== null) return { state: 'finished', media, ...usage }
  const reason = toPublicText(textOf(finishReason) ?? 'no reason', 64)
  if (REJECTED_REASON.test(reason)) return { ...REJECTED, ...usage }
  onWarning(`Google answered without an image: ${reason}`)
  return { ...MADE_NOTHING, ...usage }
}

function together(outcomes: readonly Finished[]): Finished {
  const amount = outcomes.reduce((sum, { usage }) => sum + (usage?.amount ?? 0), 0)
  const media = outcomes.flatMap((outcome) => outcome.media)
  return { state: 'finished', media, ...(amount > 0 && { usage: { unit: 'token', amount } }) }
}

function readUsage(metadata: unknown): { usage?: Usage } {
  const amount = wholeOf(fieldsOf(metadata).totalTokenCount)
  return amount === undefined || amount < 0 ? {} : { usage: { unit: 'token', amount } }
}

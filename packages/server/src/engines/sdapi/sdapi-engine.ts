import { readFile } from 'node:fs/promises'
import type { Canceled, Engine, EngineContext, Job } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { createCall } from '../wire/call.ts'
import { expectOk } from '../wire/expect-ok.ts'
import { fieldsOf } from '../wire/json-fields.ts'
import { provideMedia } from '../wire/provide-media.ts'
import { sendStart } from '../wire/start-call.ts'
import { readAnswer } from './read-answer.ts'

const MAX_ANSWER_BYTES = 400 * 1024 * 1024
const OPERATIONS: ReadonlySet<unknown> = new Set(['txt2img', 'img2img', 'extra-single-image'])

/**
 * The engine of servers that speak the API of Stable Diffusion WebUI. Its calls are answered once the images are made, so
 * they are held (see {@link HeldCalls}). The server tells its progress, and stops, without naming a job: both are only used
 * where the capacity is one, so that what runs is ours. There is no official package.
 */
export function createSdapiEngine(of: ProviderParts): Engine {
  const basic = Buffer.from(of.credential).toString('base64')
  const headers: Record<string, string> = of.credential === '' ? {} : { authorization: `Basic ${basic}` }
  const call = createCall({ baseUrl: of.baseUrl, headers, fetch: of.fetch })
  const isAlone = of.capacity === 1

  async function percentOf(context: EngineContext): Promise<number | null> {
    if (!isAlone) return null
    const answer = await call('GET', '/sdapi/v1/progress?skip_current_image=true', context).catch(() => null)
    const { progress } = fieldsOf(answer?.body)
    return typeof progress === 'number' && progress >= 0 ? Math.min(Math.floor(progress * 100), 99) : null
  }

  /** What was drawn so far comes as an answer like any other: it is over at once, or it would be taken for the result. */
  async function interrupt(_job: Job, _ticket: unknown, context: EngineContext): Promise<Canceled> {
    expectOk(await call('POST', '/sdapi/v1/interrupt', context, { body: {}, mayBeEmpty: true }))
    return { state: 'canceled', isCharged: false }
  }

  return {
    name: 'sdapi',
    traits: { isStartIdempotent: false, pollMs: 1_000, longestPollMs: 5_000, capacity: of.capacity },
    isActive: (settings) => settings === undefined || OPERATIONS.has(settings.operation),
    freeSlots: () => of.capacity,
    async start(job, context) {
      const { operation } = job.settings
      if (!OPERATIONS.has(operation)) throw new Error('the settings of the route name no operation of the WebUI')
      const parts = { ...of, isReachable: () => false }
      const provided = await provideMedia(job, parts, context.signal, ({ path }) => readFile(path, 'base64'))
      if ('failure' in provided) return provided.failure
      const { nowMs } = context
      return of.calls.hold(job, context.signal, async (signal) => {
        const options = { body: provided.input, maxBytes: MAX_ANSWER_BYTES }
        return readAnswer(await sendStart(call('POST', `/sdapi/v1/${operation}`, { signal, nowMs }, options)), of)
      })
    },
    async check(job, ticket, context) {
      const answered = await of.calls.check(job, ticket, context.nowMs)
      return answered.state === 'running' ? { state: 'running', percent: await percentOf(context) } : answered
    },
    ...(isAlone && { cancel: interrupt }),
    close: (graceMs) => of.calls.close(graceMs),
  }
}

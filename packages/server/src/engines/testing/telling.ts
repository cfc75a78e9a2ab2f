import assert from 'node:assert/strict'
import sharp from 'sharp'
import type { DatabaseKind } from '../../testing/databases.ts'
import { makeMedia } from '../../testing/make-media.ts'
import type { EmulatedProvider } from './emulated-provider.ts'
import { type OpenStory, openStory, type ProviderStory, STORY_MODEL } from './provider-story.ts'
import { type Act, answer } from './scripted-server.ts'

const MINUTE_MS = 60_000

/** A story that is being told: what its tests do and ask, one request at a time. */
export interface Telling {
  open(): Promise<void>
  close(): Promise<void>
  /** Makes the provider behave, and forget what it was asked. */
  calm(): void
  provider(): EmulatedProvider
  app(): OpenStory['test']
  /** What the provider has made. */
  media(): Buffer
  /** From now on what was made is answered so; by default with the bytes. */
  serve(act?: Act): void
  callsOf(operation: string): number
  misbehaveAtCheck(act: Act | null): void
  id(): string
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire holds
  ask(path?: string): Promise<any>
  balance(): Promise<{ credits: number; reserved: number }>
  /** Lets time pass, and does all that can be done then; a minute unless said otherwise. */
  pass(ms?: number): Promise<void>
  /** Submits, without anybody working on it. */
  queue(): Promise<void>
  /** Submits, and lets the provider take the job; one that is held is answered at once. */
  submit(): Promise<void>
  /** Lets the provider be done: with the job it has, or, where it is held, with a new one. */
  finish(): Promise<void>
  /** Cancels and answers the status and the code of an error. */
  cancel(): Promise<string>
  /** Calls back as the provider does, at the address of the job, or the last one that was. */
  callBack(): Promise<void>
  runDuty(name: string): Promise<void>
  endsRefunded(code: string, credits: number): Promise<void>
}

async function makeOutput(type: string): Promise<Buffer> {
  if (type === 'video') return makeMedia('mp4', { video: 'avc' })
  return sharp({ create: { width: 8, height: 6, channels: 3, background: '#c8553d' } })
    .png()
    .toBuffer()
}

/** Makes a telling of a story on a database; nothing is open yet. */
export function createTelling(story: ProviderStory, kind: DatabaseKind): Telling {
  let current: OpenStory | undefined
  let media: Buffer = Buffer.alloc(0)
  let id = ''
  let callbackPath = ''
  const opened = () => current ?? assert.fail('the story is not open')
  const app = () => opened().test
  const telling: Telling = {
    async open() {
      media = await makeOutput(story.wire.job.type)
      current = await openStory(kind, story, media)
    },
    close: async () => opened()[Symbol.asyncDispose](),
    calm() {
      const { misbehave, calls } = opened().provider
      misbehave.clear()
      opened().provider.standing = 'running'
      calls.length = 0
      const { verification } = story
      if (verification) misbehave.set('other', answer(verification.reply.status, verification.reply.body))
      telling.serve()
    },
    provider: () => opened().provider,
    app,
    media: () => media,
    serve: (act = (response) => void response.writeHead(200).end(media)) =>
      void opened().provider.misbehave.set('media', act),
    callsOf: (operation) => opened().provider.calls.filter((call) => call.operation === operation).length,
    misbehaveAtCheck(act) {
      for (const operation of ['check', 'result'] as const) {
        if (act === null) opened().provider.misbehave.delete(operation)
        else opened().provider.misbehave.set(operation, act)
      }
    },
    id: () => id,
    ask: async (path = '') => (await app().call('GET', `/v1/requests/${id}${path}`)).body,
    balance: async () => (await app().call('GET', '/v1/account')).body.balance,
    async pass(ms = MINUTE_MS) {
      app().clock.advance(ms)
      await app().work()
    },
    async queue() {
      id = (await app().submit(STORY_MODEL, { prompt: 'a fox' })).body.request_id
      opened().speakOf(id)
    },
    async submit() {
      await telling.queue()
      await app().work()
    },
    async finish() {
      opened().provider.standing = 'finished'
      await (story.wire.isSynchronous ? telling.submit() : telling.pass())
    },
    async cancel() {
      const { status, body } = await app().call('POST', `/v1/requests/${id}/cancel`)
      return `${status} ${body.error?.code ?? ''}`.trim()
    },
    async callBack() {
      const { headers, body: rawBody } = story.callBack?.(app().clock.now()) ?? assert.fail('it does not call back')
      const [row] = await app().database.read<{ start_fence: number }>('SELECT start_fence FROM queue')
      if (row !== undefined) {
        const start = { engine: story.engine, requestId: id, startFence: row.start_fence }
        callbackPath = app().app.services.callbackAddresses.pathOf(start)
      }
      assert.equal((await app().call('POST', callbackPath, { key: null, headers, rawBody })).status, 204)
    },
    async runDuty(name) {
      await app()
        .app.duties.find((duty) => duty.name === name)
        ?.run()
    },
    async endsRefunded(code, credits) {
      const { status, error, charged } = await telling.ask()
      assert.deepEqual([status, error?.code, charged], ['FAILED', code, 0])
      assert.deepEqual(await telling.balance(), { credits, reserved: 0 })
      assert.doesNotMatch(JSON.stringify(error), /127\.0\.0\.1|https?:|<html|detail/)
    },
  }
  return telling
}

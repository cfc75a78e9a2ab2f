import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type ClientProject, createClientProject } from './testing/client-project.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

/** Every name published clients export, used as their documents show it; only the import differs. */
const PROGRAM = `
import {
  type Account, type ApiErrorEnvelope, type ClientConfig, ClipiaApiError, type ClipiaClient, createClient,
  type EstimateResponse, type GenerationInput, type GenerationOutput, type GenerationStatus, type ModelDetail,
  type ModelInputField, type ModelList, type ModelPricing, type ModelSummary, type OutputImage, type OutputVideo,
  type ResultError, type ResultResponse, type StatusResponse, type SubmitOptions, type SubmitResponse,
  type SubscribeOptions, TERMINAL_STATUSES, type TerminalStatus, VERSION, type VerifyWebhookOptions,
  verifyWebhookSignature, type WebhookPayload,
} from '@clipia/client'
import { verifyWebhookSignature as fromPath } from '@clipia/client/webhook'

const config: ClientConfig = { apiKey: process.env.CLIPIA_KEY!, baseUrl: process.env.CLIPIA_BASE_URL!, fetch }
const clipia: ClipiaClient = createClient(config)
const facts: unknown[] = []

const input: GenerationInput = { prompt: 'a red panda', aspect_ratio: '16:9' }
const seen: GenerationStatus[] = []
const options: SubscribeOptions = {
  input,
  onQueueUpdate: (s: StatusResponse) => { seen.push(s.status); String(s.progress ?? '') },
  pollIntervalMs: 1000,
  timeoutMs: 600_000,
}
const out: ResultResponse = await clipia.subscribe('canvas-1', options)
const output: GenerationOutput | undefined = out.output
const image: OutputImage | undefined = out.output?.images?.[0]
const video: OutputVideo | undefined = out.output?.video
const failure: ResultError | undefined = out.error
const terminal: readonly string[] = TERMINAL_STATUSES
const last: TerminalStatus = 'CANCELED'
facts.push(seen[0], typeof output, image?.url.startsWith('http'), video, failure, out.cost, out.pending, terminal.includes(last))

const submitOptions: SubmitOptions = {
  input,
  webhookUrl: process.env.RECEIVER!,
  idempotencyKey: '8f3a1c7e-2b41-4d2a-9c0e-1200304cf45b',
  signal: new AbortController().signal,
}
const job: SubmitResponse = await clipia.queue.submit('canvas-1', submitOptions)
const again = await clipia.queue.submit('canvas-1', submitOptions)
const status = await clipia.queue.status(job.request_id, new AbortController().signal)
let result = await clipia.queue.result(job.request_id, new AbortController().signal)
while (result.pending) result = await clipia.queue.result(job.request_id)
facts.push(again.request_id === job.request_id, status.request_id === job.request_id, result.status, result.model)

const list: ModelList = await clipia.models.list(new AbortController().signal)
const summary: ModelSummary | undefined = list.data.find(({ slug }) => slug === 'canvas-1')
const pricing: ModelPricing | undefined = summary?.pricing
const detail: ModelDetail = await clipia.models.get('canvas-1', new AbortController().signal)
const field: ModelInputField | undefined = detail.input_schema?.['prompt']
const price: EstimateResponse = await clipia.models.estimate('canvas-1', { prompt: 'x', num_images: 4 }, new AbortController().signal)
const account: Account = await clipia.account.get(new AbortController().signal)
facts.push(pricing?.credits, field?.required, price.credits, typeof account.balance.credits, account.usage_30d.requests)

const thrown: unknown[] = []
for (const call of [
  () => clipia.queue.submit('canvas-1', { input: {} }),
  () => clipia.queue.result('0193f3a1-7c00-7000-8000-0000000000aa'),
  () => createClient({ apiKey: 'clipia_test_0000000000000000', baseUrl: config.baseUrl! }).account.get(),
]) {
  try {
    await call()
  } catch (err) {
    if (err instanceof ClipiaApiError) thrown.push([err.name, err.status, err.code, err.type, err.message.length > 0])
  }
}
try {
  createClient({ apiKey: '' })
} catch (err) {
  thrown.push((err as Error).name)
}

const envelope: ApiErrorEnvelope = { error: { type: 't', code: 'c', message: 'm' } }
const delivery: VerifyWebhookOptions = { secret: 's', headers: {}, body: '{}', toleranceSeconds: 300 }
const payload: WebhookPayload = { request_id: 'r', status: 'OK' }
facts.push(verifyWebhookSignature(delivery), fromPath(delivery), payload.status, envelope.error.code, /^\\d/.test(VERSION))
console.log(JSON.stringify({ facts, thrown }))
`

describe('a program written for published clients', () => {
  let clipia: Clipia
  let project: ClientProject
  before(async () => {
    clipia = await startClipia({ environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
    project = await createClientProject()
  })
  after(() => clipia.stop())

  test('compiles with ours by changing the import', async () => {
    writeFileSync(join(project.folder, 'published.mts'), PROGRAM)
    const { code, stdout } = await project.typeCheck('published.mts')
    assert.deepEqual([code, stdout], [0, ''])
  })

  test('and does the same, live and in the sandbox', async () => {
    for (const [key, first, requests] of [
      [clipia.liveKey, 'IN_QUEUE', 2],
      [clipia.testKey, 'COMPLETED', 2],
    ] as const) {
      const receiver = 'http://127.0.0.1:9/nobody-listens'
      const environment = { CLIPIA_KEY: key, CLIPIA_BASE_URL: clipia.url, RECEIVER: receiver }
      const { facts, thrown } = JSON.parse(await project.run('published.mts', PROGRAM, environment))
      assert.deepEqual(facts, [
        ...[first, 'object', true, null, null, 1, false, true],
        ...[true, true, 'COMPLETED', 'canvas-1'],
        ...[1, true, 4, 'number', requests],
        ...[false, false, 'OK', 'c', true],
      ])
      assert.deepEqual(thrown, [
        ['ClipiaApiError', 422, 'model_input_invalid', 'invalid_request_error', true],
        ['ClipiaApiError', 404, 'not_found', 'invalid_request_error', true],
        ['ClipiaApiError', 401, 'invalid_api_key', 'authentication_error', true],
        'TypeError',
      ])
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accountOf } from './testing/api.ts'
import { type ClientProject, createClientProject } from './testing/client-project.ts'
import { createAccount } from './testing/create-account.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

/** The start of every program: a client whose calls are kept, by method and path. */
const START = `
import { ClipiaApiError, createClient } from '@clipia/client'
const calls = []
const pathOf = (url) => new URL(url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID')
const counting = (url, init) => (calls.push(init.method + ' ' + pathOf(url)), fetch(url, init))
const print = (value) => console.log(JSON.stringify(value))
`

describe('the TypeScript client and a real server', () => {
  let clipia: Clipia
  let project: ClientProject
  before(async () => {
    clipia = await startClipia()
    project = await createClientProject()
  })
  after(() => clipia.stop())

  const environmentOf = (key: string) => ({ CLIPIA_KEY: key, CLIPIA_BASE_URL: clipia.url })

  /** Runs a program with a key of an account of its own with 100 credits; answers what it printed and the account. */
  async function run<T>(name: string, program: string): Promise<{ printed: T; credits: number }> {
    const { key, api } = await createAccount(clipia, 100)
    const text = await project.run(`${name}.mjs`, START + program, environmentOf(key))
    return { printed: JSON.parse(text) as T, credits: (await accountOf(api)).balance.credits }
  }

  test('subscribe follows live events: three calls, every status in order, one charge', async () => {
    const { printed, credits } = await run<{ calls: string[]; seen: string[]; status: string }>(
      'events',
      `
      const clipia = createClient({ fetch: counting })
      const seen = []
      const onQueueUpdate = ({ status }) => void (seen.at(-1) !== status && seen.push(status))
      const input = { prompt: 'Live', num_images: 2 }
      const { status, output, pending } = await clipia.subscribe('canvas-1', { input, onQueueUpdate })
      print({ calls, seen, status: [status, output.images.length, pending].join() })`,
    )
    assert.deepEqual(printed.calls, ['POST /v1/models/canvas-1', 'GET /v1/requests/ID/events', 'GET /v1/requests/ID'])
    assert.deepEqual(
      printed.seen.filter((status) => status !== 'IN_PROGRESS'),
      ['IN_QUEUE', 'COMPLETED'],
    )
    assert.equal(printed.status, 'COMPLETED,2,false')
    assert.equal(credits, 98)
  })

  test('where no events can be had, it polls', async () => {
    const { printed } = await run<{ status: string; polls: number }>(
      'polling',
      `
      const without = (url, init) =>
        url.endsWith('/events') ? Promise.resolve(new Response('', { status: 404 })) : counting(url, init)
      const clipia = createClient({ fetch: without })
      const { status } = await clipia.subscribe('canvas-1', { input: { prompt: 'Polled' }, pollIntervalMs: 50 })
      print({ status, polls: calls.filter((call) => call.endsWith('/status')).length })`,
    )
    assert.equal(printed.status, 'COMPLETED')
    assert.ok(printed.polls >= 1)
  })

  test('a submit whose answer is lost is sent again and is one request and one charge', async () => {
    const { printed, credits } = await run<{ submits: number; status: string }>(
      'lost-answer',
      `
      let lost = 0
      const losing = async (url, init) => {
        const answer = await counting(url, init)
        if (init.method === 'POST' && lost++ < 2) throw new TypeError('fetch failed')
        return answer
      }
      const { status } = await createClient({ fetch: losing }).subscribe('canvas-1', { input: { prompt: 'Lost' } })
      print({ submits: calls.filter((call) => call.startsWith('POST')).length, status })`,
    )
    assert.deepEqual([printed, credits], [{ submits: 3, status: 'COMPLETED' }, 99])
  })

  test('a program that is killed while it waits is resumed by the id it kept, and nothing runs twice', async () => {
    const { key, api } = await createAccount(clipia, 100)
    const input = "{ prompt: 'Kept', duration: 4, resolution: '480p' }"
    const first = project.start(
      'killed.mjs',
      `${START}
      const onSubmitted = ({ request_id }) => print(request_id)
      await createClient().subscribe('motion-1', { input: ${input}, onSubmitted })
      print('too late')`,
      environmentOf(key),
    )
    const id = await waitFor('the id', () => /^"(.+)"\n/.exec(first.stdout())?.[1])
    first.process.kill('SIGKILL')
    assert.equal((await first.ended).stdout, `"${id}"\n`)
    const resumed = await project.run(
      'resumed.mjs',
      `${START}
      const clipia = createClient({ fetch: counting })
      const result = await clipia.subscribe('motion-1', { input: ${input}, requestId: '${id}' })
      print([result.request_id, result.status, calls.some((call) => call.startsWith('POST'))])`,
      environmentOf(key),
    )
    assert.deepEqual(JSON.parse(resumed), [id, 'COMPLETED', false])
    assert.equal((await accountOf(api)).balance.credits, 98)
  })

  test('cancel ends a request as CANCELED and refunded; events of one that is over tell its end at once', async () => {
    const { printed, credits } = await run<unknown>(
      'cancel',
      `
      const clipia = createClient()
      const input = { prompt: 'Never', duration: 8, resolution: '1080p' }
      const { request_id: id } = await clipia.queue.submit('motion-1', { input })
      await clipia.queue.cancel(id)
      const { status, charged, pending } = await clipia.queue.wait(id)
      const told = []
      for await (const event of clipia.queue.events(id)) told.push(event.status)
      const again = await clipia.queue.cancel(id)
      print([status, charged, pending, told, again.status])`,
    )
    assert.deepEqual([printed, credits], [['CANCELED', 0, false, ['CANCELED'], 'CANCELED'], 100])
  })

  test('what a request was given and made can be deleted; its charge stays', async () => {
    const { printed, credits } = await run<unknown>(
      'delete',
      `
      const clipia = createClient()
      const { request_id: id, output } = await clipia.subscribe('canvas-1', { input: { prompt: 'Gone soon' } })
      await clipia.requests.delete(id)
      await clipia.requests.delete(id)
      const { status, deleted_at, ...rest } = await clipia.queue.result(id)
      const media = await fetch(output.images[0].url)
      print([status, typeof deleted_at, rest.output, media.status])`,
    )
    assert.deepEqual([printed, credits], [['COMPLETED', 'string', {}, 404], 99])
  })

  test('the history is read to its end over pages, by filters, and so is the ledger', async () => {
    const { printed } = await run<unknown>(
      'history',
      `
      const clipia = createClient({ fetch: counting })
      const ids = []
      for (const prompt of ['a', 'b', 'c']) {
        ids.unshift((await clipia.subscribe('canvas-1', { input: { prompt } })).request_id)
      }
      calls.length = 0
      const read = async (list) => {
        const entries = []
        for await (const entry of list) entries.push(entry)
        return entries
      }
      const all = await read(clipia.requests.list({ pageSize: 2 }))
      const pages = calls.length
      const last = await read(clipia.requests.list({ status: 'COMPLETED', model: 'canvas-1', limit: 1 }))
      const none = await read(clipia.requests.list({ createdUntil: new Date(0) }))
      const ledger = await read(clipia.account.ledger({ kind: 'charge' }))
      const ids2 = (entries) => entries.map(({ request_id }) => request_id).join()
      print([ids2(all) === ids.join(), pages, ids2(last) === ids[0], none.length, ids2(ledger) === ids.join(), ledger[0].credits])`,
    )
    assert.deepEqual(printed, [true, 2, true, 0, true, -1])
  })

  test('the sandbox plays what code must be ready for: a slow one, a failure, a refusal', async () => {
    const program = `${START}
      const clipia = createClient()
      const play = async (sandboxScenario) => {
        const seen = []
        const onQueueUpdate = ({ status }) => void (seen.at(-1) !== status && seen.push(status))
        const options = { input: { prompt: 'x' }, sandboxScenario, onQueueUpdate }
        const { status, error, charged } = await clipia.subscribe('canvas-1', options)
        return [seen.join(), status, error?.code ?? null, charged]
      }
      print(await Promise.all(['slow', 'fail', 'reject'].map(play)))`
    const printed = JSON.parse(await project.run('scenarios.mjs', program, environmentOf(clipia.testKey)))
    assert.deepEqual(
      printed.map(([, ...ending]: unknown[]) => ending),
      [
        ['COMPLETED', null, 0],
        ['FAILED', 'GENERATION_FAILED', 0],
        ['FAILED', 'CONTENT_REJECTED', 0],
      ],
    )
    assert.equal(printed[0][0], 'IN_QUEUE,IN_PROGRESS,COMPLETED')
  })

  test('what the API refuses is thrown with its status, code, field and the X-Request-Id', async () => {
    const { printed } = await run<[number, string, string | null, boolean][]>(
      'errors',
      `
      const clipia = createClient()
      const poor = (input, options) => clipia.queue.submit('canvas-1', { input, ...options })
      const refused = await Promise.all([
        poor({ prompt: 'x', num_images: 9 }),
        poor({ prompt: 'x' }, { maxCost: 0 }),
        clipia.queue.status('0193f3a1-7c00-7000-8000-0000000000aa'),
        createClient({ apiKey: 'clipia_live_0000000000000000' }).account.get(),
        clipia.models.get('nope/nope'),
      ].map((call) => call.then(() => 'accepted', (error) => error)))
      print(refused.map((error) => [error.status, error.code, error.param ?? null, error instanceof ClipiaApiError && error.requestId.length > 8]))`,
    )
    assert.deepEqual(printed, [
      [422, 'model_input_invalid', 'num_images', true],
      [409, 'price_changed', printed[1]?.[2] ?? null, true],
      [404, 'not_found', null, true],
      [401, 'invalid_api_key', null, true],
      [404, 'not_found', null, true],
    ])
  })

  test('a wait outlives a restart of the server', async () => {
    const { key, api } = await createAccount(clipia, 100)
    const { port } = new URL(clipia.url)
    const waiting = project.start(
      'restart.mjs',
      `${START}
      const input = { prompt: 'Restart', duration: 4, resolution: '480p' }
      const onSubmitted = () => console.error('submitted')
      const result = await createClient().subscribe('motion-1', { input, onSubmitted })
      print([result.status, result.charged])`,
      environmentOf(key),
    )
    await waitFor('the submit', () => waiting.stderr().includes('submitted') || undefined)
    assert.equal(await clipia.stop(), 0)
    clipia = await startClipia({ dataDir: clipia.dataDir, environment: { ...clipia.environment, CLIPIA_PORT: port } })
    assert.deepEqual(JSON.parse((await waiting.ended).stdout || 'null'), ['COMPLETED', 2], waiting.stderr())
    assert.equal((await accountOf(api)).balance.credits, 98)
  })
})

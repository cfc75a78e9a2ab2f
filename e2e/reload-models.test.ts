import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createReadStream, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assertError, generate, modelPath, submit, untilOver } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

const INPUT = { prompt: 'Same words, other price' }

interface WireEstimate {
  credits: number
  quote: string
  price_version: string
}

describe('the model files of a running server', () => {
  const models = scratchFolder('models')
  let clipia: Clipia
  before(async () => {
    write('canvas.yaml', 'extends: canvas-1\nprice: { base: 3 }\n')
    clipia = await startClipia({ environment: { CLIPIA_MODELS_DIR: models } })
  })
  after(() => clipia.stop())

  function write(name: string, text: string): void {
    writeFileSync(join(models, name), text)
  }

  /** Sends SIGHUP and waits for what the server logs of it. */
  async function reload(): Promise<Record<string, unknown>> {
    const seen = clipia.logs().length
    clipia.process.kill('SIGHUP')
    return waitFor('the log of the reload', () => {
      const line = clipia
        .logs()
        .slice(seen)
        .split('\n')
        .find((each) => each.includes('reloaded') && each.endsWith('}'))
      return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>)
    })
  }

  async function estimate(): Promise<WireEstimate> {
    const answer = await clipia.live.post(modelPath('canvas-1', '/estimate'), { input: INPUT })
    assert.equal(answer.status, 200, answer.text)
    return answer.json<WireEstimate>()
  }

  test('a price of the own folder holds in the place of ours', async () => {
    assert.equal((await estimate()).credits, 3)
  })

  test('a new price holds after SIGHUP, and a quote that was signed before keeps its own', async () => {
    const old = await estimate()
    const etag = (await clipia.live.get('/v1/models')).headers.get('etag') ?? ''
    write('canvas.yaml', 'extends: canvas-1\nprice: { base: 5 }\n')
    assert.equal((await estimate()).credits, 3, 'nothing changes before the signal')
    const { repriced, added, removed } = await reload()
    assert.deepEqual({ repriced, added, removed }, { repriced: ['canvas-1'], added: [], removed: [] })
    const now = await estimate()
    assert.equal(now.credits, 5)
    assert.notEqual(now.price_version, old.price_version)
    assert.equal((await clipia.live.get('/v1/models', { 'if-none-match': etag })).status, 200)

    const quoted = await clipia.live.post(modelPath('canvas-1'), { input: INPUT, quote: old.quote, max_cost: 3 })
    assert.equal(quoted.json<{ cost: number }>().cost, 3, quoted.text)
    const unquoted = await clipia.live.post(modelPath('canvas-1'), { input: INPUT, max_cost: 3 })
    assertError(unquoted, 409, 'price_changed', 'max_cost')
    assert.equal((await submit(clipia.live, 'canvas-1', INPUT)).cost, 5)
  })

  test('files with mistakes change nothing, and every mistake is logged with file, line and column', async () => {
    const before = (await clipia.live.get('/v1/models')).text
    write('canvas.yaml', 'extends: canvas-1\nprice: { base: 9 }\n')
    write('a.yaml', 'extends: canvas-2\nprice: { base: 9 }\n')
    write('b.yaml', 'slug: mine\ntype: hologram\n')
    const { level, mistakes } = await reload()
    assert.equal(level, 40)
    assert.ok(Array.isArray(mistakes) && mistakes.length >= 3, JSON.stringify(mistakes))
    assert.ok(mistakes.includes(`${join(models, 'a.yaml')}:1:10 extends: there is no model canvas-2`))
    assert.ok(mistakes.includes(`${join(models, 'b.yaml')}:2:7 type must be one of image, video, audio`))
    assert.equal((await clipia.live.get('/v1/models')).text, before)
    assert.equal((await estimate()).credits, 5)

    rmSync(join(models, 'a.yaml'))
    rmSync(join(models, 'b.yaml'))
    assert.deepEqual((await reload()).repriced, ['canvas-1'])
    assert.equal((await estimate()).credits, 9)
  })

  test('a model that is taken away is gone for new requests, and strands none that was accepted', async () => {
    const { quote } = await estimate()
    const inputs = Array.from({ length: 4 }, (_, index) => ({ ...INPUT, num_images: 2, seed: index }))
    write('canvas.yaml', 'extends: canvas-1\nprice: { base: 1 }\n')
    await reload()
    const submitted = await Promise.all(inputs.map((input) => submit(clipia.live, 'canvas-1', input)))
    write('canvas.yaml', 'extends: canvas-1\ndisabled: true\n')
    assert.deepEqual((await reload()).removed, ['canvas-1'])
    assertError(await clipia.live.get(modelPath('canvas-1')), 404, 'not_found')
    assertError(await clipia.live.post(modelPath('canvas-1'), { input: INPUT, quote }), 404, 'not_found')
    const standing = await Promise.all(submitted.map(({ request_id: id }) => clipia.live.get(`/v1/requests/${id}`)))
    assert.ok(
      standing.some(({ status }) => status === 202),
      'a request is still under way',
    )
    for (const { request_id: id, cost } of submitted) {
      const { status, model, cost: paid } = await untilOver(clipia.live, id)
      assert.deepEqual([status, model, paid], ['COMPLETED', 'canvas-1', cost])
    }
    rmSync(join(models, 'canvas.yaml'))
    assert.deepEqual((await reload()).added, ['canvas-1'])
    await generate(clipia.live, 'canvas-1', INPUT)
    await assertAuditClean(clipia)
  })
})

test('the model of the README is on sale, for test keys, ten minutes after its file was made', async () => {
  const readme = readFileSync(new URL('../models/README.md', import.meta.url), 'utf8')
  const models = scratchFolder('models')
  const clipia = await startClipia({ environment: { CLIPIA_MODELS_DIR: models } })
  writeFileSync(join(models, 'my-model.yaml'), /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? '')
  assert.deepEqual((await clipia.adminJson<{ ok: boolean }>('models', 'check')).ok, true)
  clipia.process.kill('SIGHUP')
  const input = JSON.parse(/-d '(\{"input": .*?\}\})'/.exec(readme)?.[1] ?? '') as object
  const estimate = await waitFor('the new model', async () => {
    const answer = await clipia.test.post(modelPath('my-model', '/estimate'), input)
    return answer.status === 200 ? answer.json<WireEstimate>() : undefined
  })
  assert.ok(readme.includes(`It answers \`"credits": ${estimate.credits}\``))
  assert.equal(await clipia.stop(), 0)
})

test('a server whose terminal is closed stops, as every program in a terminal does', async (context) => {
  const folder = scratchFolder('terminal')
  const [data, pipe] = [join(folder, 'data'), join(folder, 'pipe')]
  const environment = { CLIPIA_DATA_DIR: data, CLIPIA_PORT: '0', SHELL: '/bin/sh' }
  execFileSync('mkfifo', [pipe])
  // The server holds the pipe open until it has ended, whoever its parent is by then.
  const command = `exec 9>'${pipe}'; exec '${process.execPath}' '${CLIPIA_COMMAND}' serve`
  const terminal = startProcess('script', ['--quiet', '--command', command, '/dev/null'], environment)
  context.after(() => terminal.process.kill('SIGKILL'))
  let hasEnded = false
  const held = createReadStream(pipe).on('data', () => {})
  held.on('end', () => {
    hasEnded = true
  })
  // The last that a first start shows: from then on it stops in order.
  await waitFor('the link to the console', () => /console.*: http\S+\s*$/.test(terminal.stdout()) || undefined)
  terminal.process.kill('SIGKILL')
  await waitFor('the end of the server', () => hasEnded || undefined)
  const left = readdirSync(data)
  assert.ok(left.includes('clipia.db') && !left.includes('clipia.db-wal'), `the database was closed: ${left}`)
})

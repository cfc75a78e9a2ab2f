import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { modelPath, submit, untilOver } from './testing/api.ts'
import { CLIPIA_COMMAND, type Ended, startProcess } from './testing/child-process.ts'
import { pngSize } from './testing/media-facts.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireResult, WireSubmitted } from './testing/wire.ts'

const INPUT = '{"prompt":"A lighthouse"}'

describe('the command in a pipe, as published clients have it', () => {
  let clipia: Clipia
  let cwd = ''
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    cwd = scratchFolder('work')
    environment = { HOME: cwd, XDG_CONFIG_HOME: '', CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url }
  })
  after(() => clipia.stop())

  async function run(args: string[], variables: Record<string, string> = {}, stdin = ''): Promise<Ended> {
    const command = [CLIPIA_COMMAND, ...args]
    const child = startProcess(process.execPath, command, { ...environment, ...variables }, cwd, 'pipe')
    child.process.stdin?.end(stdin)
    return child.ended
  }

  /** Runs a command that must succeed and be silent; answers its JSON, which must be pretty. */
  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await run(args)
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal(stdout, `${JSON.stringify(JSON.parse(stdout), null, 2)}\n`)
    return JSON.parse(stdout) as T
  }

  async function refused(args: string[], stderr: RegExp, variables: Record<string, string> = {}): Promise<void> {
    const ended = await run(args, variables)
    assert.deepEqual([ended.code, ended.stdout], [1, ''], ended.stderr)
    assert.match(ended.stderr, stderr)
  }

  test('account, models, one model and estimate print what the API answers', async () => {
    assert.deepEqual(await json('account'), (await clipia.live.get('/v1/account')).json())
    assert.deepEqual(await json('models'), (await clipia.live.get('/v1/models')).json())
    assert.deepEqual(await json('models', 'canvas-1'), (await clipia.live.get(modelPath('canvas-1'))).json())
    const { credits } = await json<{ credits: number }>(
      'estimate',
      'canvas-1',
      '--input',
      '{"prompt":"x","num_images":3}',
    )
    assert.equal(credits, 3)
  })

  test('generate answers the submit; status and result follow it by its id', async () => {
    const submitted = await json<WireSubmitted>('generate', 'canvas-1', '--input', INPUT)
    const { request_id: id } = submitted
    assert.deepEqual([submitted.status, submitted.queue_position, submitted.cost], ['IN_QUEUE', 0, 1])
    const result = await untilOver(clipia.live, id)
    assert.deepEqual(await json('status', id), (await clipia.live.get(`/v1/requests/${id}/status`)).json())
    assert.deepEqual(await json('result', id), { ...result, pending: false })
  })

  test('generate --wait tells the status on stderr and prints the result', async () => {
    for (const [key, mode] of [
      [clipia.liveKey, 'live'],
      [clipia.testKey, 'test'],
    ] as const) {
      const ended = await run(['generate', 'canvas-1', '--input', INPUT, '--wait'], { CLIPIA_KEY: key })
      assert.equal(ended.code, 0, ended.stderr)
      const result = JSON.parse(ended.stdout) as WireResult & { pending: boolean }
      assert.deepEqual([result.status, result.mode, result.pending], ['COMPLETED', mode, false])
      assert.match(ended.stderr, /^status: (IN_QUEUE|COMPLETED)\n(status: [A-Z_]+ \(\d+%\)\n)*$/)
    }
    assert.deepEqual(readdirSync(cwd), [], 'no file is saved that was not asked for')
  })

  test('a generation that failed is a result like another', async () => {
    const args = ['generate', 'canvas-1', '--input', INPUT, '--wait', '--scenario', 'fail']
    const { code, stdout } = await run(args, { CLIPIA_KEY: clipia.testKey })
    const { status, error } = JSON.parse(stdout) as WireResult
    assert.deepEqual([code, status, error?.code], [0, 'FAILED', 'GENERATION_FAILED'])
  })

  test('a Ctrl-C while a submit is being answered waits for its request_id', async () => {
    let tellAsked = () => {}
    const asked = new Promise<void>((resolve) => {
      tellAsked = resolve
    })
    let answer = () => {}
    const server = createServer((request, response) => {
      request.resume()
      answer = () => response.end('{"request_id":"r-1","status":"IN_QUEUE"}')
      tellAsked()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const command = [CLIPIA_COMMAND, 'generate', 'canvas-1', '--input', INPUT]
    const url = `http://127.0.0.1:${port}`
    const child = startProcess(process.execPath, command, { ...environment, CLIPIA_BASE_URL: url }, cwd)
    await asked
    child.process.kill('SIGINT')
    answer()
    const { code, stdout } = await child.ended
    assert.deepEqual([code, JSON.parse(stdout).request_id], [0, 'r-1'])
    server.close()
  })

  test('--out saves the files too, and their paths are on stderr', async () => {
    const ended = await run(['generate', 'canvas-1', '--input', INPUT, '--out', 'saved'])
    const [, path = ''] = /^saved: (.+)$/m.exec(ended.stderr) ?? []
    assert.equal(path, join('saved', `${(JSON.parse(ended.stdout) as WireResult).request_id}.png`))
    assert.equal(pngSize(readFileSync(join(cwd, path))).width, 1024)
  })

  test('an input is made of a file, of stdin, of --prompt and --param, and the last word is theirs', async () => {
    writeFileSync(join(cwd, 'input.json'), '{"prompt":"from a file","num_images":2}')
    const price = async (args: string[], stdin = '') => {
      const { code, stdout, stderr } = await run(['estimate', 'canvas-1', ...args], {}, stdin)
      assert.equal(code, 0, stderr)
      return (JSON.parse(stdout) as { input: Record<string, unknown> }).input
    }
    assert.equal((await price(['--input', '@input.json'])).prompt, 'from a file')
    assert.equal((await price(['--input', '-'], INPUT)).prompt, 'A lighthouse')
    const over = await price([
      '--input',
      '@input.json',
      '--prompt',
      'mine',
      '--param',
      'num_images=3',
      '--param',
      'seed=7',
    ])
    assert.deepEqual([over.prompt, over.num_images, over.seed], ['mine', 3, 7])
  })

  test('the API refusing is one line on stderr with status and code, and exit code 1', async () => {
    await refused(['status', '0193f3a1-7c00-7000-8000-0000000000aa'], /^Error: \[404 not_found\] .+\n$/)
    await refused(['account'], /^Error: \[401 invalid_api_key\] .+\n$/, { CLIPIA_KEY: 'clipia_live_0000000000000000' })
    await refused(['generate', 'canvas-1', '--input', '{}'], /^Error: \[422 model_input_invalid\] .*prompt.*\n$/)
    await refused(
      ['generate', 'canvas-1', '--prompt', 'x', '--param', 'nope=1'],
      /^Error: \[422 model_input_invalid\] .*nope/,
    )
    await refused(['generate', 'nope', '--input', '{}'], /^Error: \[404 not_found\]/)
    const expensive = ['generate', 'canvas-1', '--prompt', 'x', '--param', 'num_images=4', '--max-cost', '3']
    await refused(expensive, /^Error: \[409 price_changed\]/)
    await refused(['account'], /^Error: \[0 network_error\] no connection/, { CLIPIA_BASE_URL: 'http://127.0.0.1:1' })
  })

  test('what is wrong on this side says what is allowed, and sends nothing', async () => {
    await refused(['generate', 'canvas-1', '--input', 'nope'], /^Error: --input must be valid JSON: /)
    await refused(['generate', 'canvas-1', '--input', '[1]'], /^Error: --input must be a JSON object\.\n$/)
    await refused(
      ['generate', 'canvas-1', '--input', '@missing.json'],
      /^Error: --input: cannot read missing\.json \(ENOENT\)\n$/,
    )
    await refused(['generate', 'canvas-1'], /^Error: no input: .*--prompt/)
    await refused(['generate', 'canvas-1', '--param', 'seed', '--prompt', 'x'], /^Error: --param must be key=value/)
    await refused(
      ['generate', 'canvas-1', '--prompt', 'x', '--max-cost', '-1'],
      /^Error: --max-cost must be a whole number/,
    )
    await refused(['generate', 'tone-1', '--prompt', 'x', '--image', 'a.png'], /^Error: tone-1 takes no --image\n$/)
    await refused(['account'], /^Error: No API key\. .*CLIPIA_KEY/, { CLIPIA_KEY: '' })
    await refused(['account'], /^Error: baseUrl must be an https/, { CLIPIA_BASE_URL: 'http://example.com' })
    await refused(['generate'], /missing required argument 'model'/)
  })

  test('--key and --base-url work before and after the command; a key on the command line is warned of', async () => {
    const none = { CLIPIA_KEY: '', CLIPIA_BASE_URL: '' }
    const flags = ['--key', clipia.testKey, '--base-url', clipia.url]
    for (const args of [
      [...flags, 'account'],
      ['account', ...flags],
    ]) {
      const { code, stdout, stderr } = await run(args, none)
      assert.equal(code, 0, stderr)
      assert.equal(JSON.parse(stdout).balance.credits >= 0, true)
      assert.match(
        stderr,
        /^Warning: passing --key via argv is visible in process list; prefer CLIPIA_KEY env var\.\n$/,
      )
    }
  })

  test('history lists requests, newest first, by filters', async () => {
    const all = await json<WireResult[]>('history', '--limit', '3')
    assert.equal(all.length, 3)
    assert.deepEqual(
      [...all].sort((one, other) => (one.created_at < other.created_at ? 1 : -1)),
      all,
    )
    assert.deepEqual(await json('history', '--status', 'failed'), [])
    assert.deepEqual(await json('history', '--model', 'motion-1', '--from', '2026-01-01'), [])
    await refused(['history', '--status', 'nope'], /^Error: \[400 invalid_request\] .*status/)
    await refused(['history', '--limit', 'many'], /^Error: --limit must be a whole number/)
  })

  test('an idempotency key makes a second run the first one', async () => {
    const args = ['generate', 'canvas-1', '--input', INPUT, '--idempotency-key', 'order-17']
    const [first, second] = [await json<WireSubmitted>(...args), await json<WireSubmitted>(...args)]
    assert.equal(first.request_id, second.request_id)
  })

  test('login takes a key from stdin, the next command uses it, and cancel and watch work by id', async () => {
    const none = { CLIPIA_KEY: '', CLIPIA_BASE_URL: '' }
    const login = await run(['login', '--base-url', clipia.url], none, `${clipia.liveKey}\n`)
    assert.deepEqual([login.code, login.stderr], [0, ''])
    assert.equal(JSON.parse(login.stdout).path, join(cwd, '.config/clipia/credentials.json'))
    assert.ok(!login.stdout.includes(clipia.liveKey))
    const { request_id: id } = await submit(clipia.live, 'motion-1', { prompt: 'x', duration: 8, resolution: '1080p' })
    const canceled = await run(['cancel', id], none)
    assert.equal(canceled.code, 0, canceled.stderr)
    const watched = await run(['watch', id], none)
    assert.equal(JSON.parse(watched.stdout).status, 'CANCELED')
    assert.equal((await run(['logout'], none)).stdout, '{\n  "logged_out": true\n}\n')
  })

  test('every command has a help with examples, and the flags of admin are not taken for ours', async () => {
    const help = (await run(['--help'])).stdout
    const commands = [...help.matchAll(/^ {2}([a-z]+) .*(?:<|\[)/gm)].map(([, name = '']) => name)
    for (const name of [
      'generate',
      'status',
      'result',
      'estimate',
      'models',
      'account',
      'login',
      'watch',
      'history',
      'types',
    ]) {
      assert.ok(commands.includes(name), `${name} is not in the help`)
      assert.match((await run([name, '--help'])).stdout, /\nExamples:\n {2}clipia /)
    }
    const revoked = await clipia.admin('keys', 'revoke', '--key', 'nonsense')
    assert.match(revoked.stderr, /^clipia: .*key/)
  })
})

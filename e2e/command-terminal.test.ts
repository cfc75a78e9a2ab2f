import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { untilOver } from './testing/api.ts'
import { pngSize } from './testing/media-facts.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { readScreen, startInTerminal } from './testing/start-in-terminal.ts'

const ESCAPE = '\x1b'
const UUID = '[0-9a-f]{8}-[0-9a-f-]{27}'

describe('the command in a terminal', () => {
  let clipia: Clipia
  let home = ''
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    home = scratchFolder('home')
    environment = { CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url, HOME: home, XDG_CONFIG_HOME: '' }
  })
  after(() => clipia.stop())

  async function show(args: string[], variables: Record<string, string> = {}, cwd?: string) {
    const { ended } = startInTerminal(args, { ...environment, ...variables }, cwd === undefined ? {} : { cwd })
    const { code, stdout, stderr } = await ended
    assert.equal(stderr, '')
    return { code, raw: stdout, text: readScreen(stdout) }
  }

  test('generate --wait shows the price, then progress, saves the pictures and prints their paths', async () => {
    const cwd = scratchFolder('pictures')
    const args = ['generate', 'canvas-1', '--prompt', 'A lighthouse', '--param', 'num_images=2', '--wait']
    const { code, raw, text } = await show(args, {}, cwd)
    assert.equal(code, 0, text)
    const [price = '', done = '', ...paths] = text.trim().split('\n')
    assert.match(price, /^canvas-1: 2 credits = 1 \(1K\) × 2 images, of 1,000 credits$/)
    assert.match(done, /^✓ canvas-1 in \d+(\.\d)? s, 2 credits$/)
    assert.match(raw, /in the queue, (next|\d+ ahead) {2}\d+(\.\d)? s/)
    assert.ok(raw.indexOf('2 credits') < raw.indexOf('in the queue'), 'the price comes first')
    assert.ok(raw.includes(`${ESCAPE}[`), 'colours')
    const names = paths.map((path) => path.trim())
    assert.deepEqual(names, readdirSync(cwd).sort())
    assert.equal(names.length, 2)
    for (const name of names) assert.equal(pngSize(readFileSync(join(cwd, name))).width, 1024)
  })

  test('a sandbox key is told that nothing is charged, and --out names the folder', async () => {
    const cwd = scratchFolder('pictures')
    const args = ['generate', 'canvas-1', '--prompt', 'x', '--wait', '--out', 'made/here']
    const { text } = await show(args, { CLIPIA_KEY: clipia.testKey }, cwd)
    assert.match(
      text,
      /^canvas-1: 1 credit = .*, sandbox, nothing is charged\n✓ canvas-1.*, sandbox, nothing charged\n/,
    )
    assert.match(text, new RegExp(`\n {2}made/here/${UUID}\\.png\n$`))
    assert.equal(readdirSync(join(cwd, 'made/here')).length, 1)
  })

  test('the picture is shown where the terminal can: iTerm2, kitty, and nowhere else', async () => {
    const args = ['generate', 'canvas-1', '--prompt', 'x', '--wait']
    const shown = async (variables: Record<string, string>) => {
      const cwd = scratchFolder('pictures')
      const { raw } = await show(args, { CLIPIA_KEY: clipia.testKey, ...variables }, cwd)
      return { raw, bytes: readFileSync(join(cwd, readdirSync(cwd)[0] ?? '')) }
    }
    const iterm = await shown({ TERM_PROGRAM: 'iTerm.app' })
    const [, size, data] =
      new RegExp(`${ESCAPE}\\]1337;File=inline=1;size=(\\d+);[^:]*:([^\\x07]*)\\x07`).exec(iterm.raw) ?? []
    assert.equal(Number(size), iterm.bytes.length)
    assert.ok(Buffer.from(data ?? '', 'base64').equals(iterm.bytes))

    const kitty = await shown({ TERM: 'xterm-kitty' })
    const chunks = [...kitty.raw.matchAll(new RegExp(`${ESCAPE}_G([^;]*);([^${ESCAPE}]*)${ESCAPE}\\\\`, 'g'))]
    assert.match(chunks[0]?.[1] ?? '', /^a=T,f=100,q=2,[rc]=\d+,m=1$/)
    assert.equal(chunks.at(-1)?.[1], 'm=0')
    assert.ok(chunks.every(([, , chunk = '']) => chunk.length <= 4_096))
    assert.ok(Buffer.from(chunks.map(([, , chunk]) => chunk).join(''), 'base64').equals(kitty.bytes))

    const without: Record<string, string>[] = [{}, { TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/tmux-0/default,1,0' }]
    for (const variables of without) {
      assert.doesNotMatch((await shown(variables)).raw, /1337;File|_Ga=T/)
    }
  })

  test('NO_COLOR takes the colours, a dumb terminal the drawing too, and --json everything', async () => {
    const args = ['generate', 'canvas-1', '--prompt', 'x', '--wait', '--out', scratchFolder('pictures')]
    const plain = await show(args, { NO_COLOR: '1' })
    assert.ok(!plain.raw.includes(`${ESCAPE}[3`) && !plain.raw.includes(`${ESCAPE}[1m`))
    const dumb = await show(args, { TERM: 'dumb' })
    assert.ok(!dumb.raw.includes(ESCAPE), dumb.raw)
    assert.match(dumb.text, /in the queue/)
    for (const command of [
      ['account'],
      ['models'],
      ['models', 'canvas-1'],
      ['estimate', 'canvas-1', '--prompt', 'x'],
    ]) {
      const { raw, code } = await show([...command, '--json'])
      assert.ok(code === 0 && typeof JSON.parse(raw) === 'object', raw)
      assert.ok(!raw.includes(ESCAPE))
    }
  })

  test('a generation that fails says why, what is kept, and ends with exit code 1', async () => {
    const args = ['generate', 'canvas-1', '--prompt', 'x', '--wait', '--scenario', 'reject']
    const { code, text } = await show(args, { CLIPIA_KEY: clipia.testKey }, scratchFolder('pictures'))
    assert.equal(code, 1)
    assert.match(text, /\n✗ canvas-1 failed: .+ \(CONTENT_REJECTED\), sandbox, nothing charged\n$/)
  })

  test('models, one model, the account and a price are readable', async () => {
    const models = (await show(['models'])).text.split('\n')
    assert.match(models[0] ?? '', /^MODEL +TYPE +PRICE +CAN$/)
    assert.match(models[1] ?? '', /^canvas-1 +image +1 credit +text-to-image, image-to-image$/)
    const model = (await show(['models', 'canvas-1'])).text
    assert.match(model, /^Canvas 1 \(canvas-1\), 1 credit\n/)
    assert.match(model, /\n {2}prompt {2}string, up to 2000 characters, required\n {2}\S/)
    const account = (await show(['account'])).text
    assert.match(account, new RegExp(`^account +${UUID}\nbalance +\\d+ credits, 0 reserved\n30 days +\\d+ generations`))
    const [heads, first] = (await show(['history', '--model', 'canvas-1'])).text.split('\n')
    assert.match(heads ?? '', /^TIME +REQUEST +MODEL +STATUS +CREDITS$/)
    assert.match(
      first ?? '',
      new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  ${UUID}  canvas-1  COMPLETED  +1$`),
    )
    const price = (await show(['estimate', 'motion-1', '--prompt', 'x', '--param', 'duration=8'])).text
    assert.equal(price, 'motion-1: 8 credits = 1 (720p) × 8 seconds\n')
  })

  test('Ctrl-C detaches and says how to resume; the generation goes on, and watch takes it up', async () => {
    const cwd = scratchFolder('pictures')
    const slow = ['--param', 'resolution=480p', '--param', 'duration=4']
    const args = ['generate', 'motion-1', '--prompt', 'A storm', ...slow, '--out', 'my clips']
    const command = startInTerminal(args, environment, { cwd })
    await command.sees(/\d% {2}/)
    command.type('\x03')
    const { code, stdout } = await command.ended
    assert.equal(code, 130)
    const said = /Detached: request (\S+) goes on\. Resume with:\n {2}(clipia watch .+)/.exec(readScreen(stdout))
    const [, id = '', resume = ''] = said ?? []
    assert.equal(resume, `clipia watch ${id} --out 'my clips'`, readScreen(stdout))
    assert.deepEqual(readdirSync(cwd), [])

    const watched = await show(['watch', id], {}, cwd)
    assert.match(watched.text, /✓ motion-1 in/)
    assert.deepEqual(readdirSync(cwd), [`${id}.mp4`])
    assert.equal((await untilOver(clipia.live, id)).status, 'COMPLETED')
    assert.match((await show(['status', id])).text, /^COMPLETED\n/)
  })

  test('login asks for the key without showing it, keeps it for this user only, and logout forgets it', async () => {
    const own = { CLIPIA_KEY: '', CLIPIA_BASE_URL: '' }
    const login = startInTerminal(['login', '--base-url', clipia.url], { ...environment, ...own })
    await login.sees(/API key: /)
    login.type(`${clipia.testKey}\r`)
    const { code, stdout } = await login.ended
    assert.equal(code, 0, stdout)
    assert.ok(!stdout.includes(clipia.testKey.slice(0, 16)), 'the key is not shown')
    const path = join(home, '.config/clipia/credentials.json')
    assert.ok(readScreen(stdout).includes(path))
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal(statSync(join(home, '.config/clipia')).mode & 0o777, 0o700)
    assert.match((await show(['account'], own)).text, /\(sandbox key\)/)
    const wrong = startInTerminal(['login', '--base-url', clipia.url], { ...environment, ...own })
    await wrong.sees(/API key: /)
    wrong.type('clipia_live_0000000000000000\r')
    assert.match((await wrong.ended).stdout, /Error: \[401 invalid_api_key\]/)
    assert.match((await show(['account'], own)).text, /\(sandbox key\)/, 'the key that worked is kept')
    assert.match((await show(['logout'], own)).text, /^logged out/)
    const { text, code: refused } = await show(['account'], own)
    assert.match(text, /No API key.*clipia login/)
    assert.equal(refused, 1)
  })
})

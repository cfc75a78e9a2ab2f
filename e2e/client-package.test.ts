import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort } from '../scripts/free-port.ts'
import { fetchAll } from './testing/api.ts'
import { runClipia } from './testing/child-process.ts'
import { CLIENT_README, type ClientProject, createClientProject } from './testing/client-project.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

/** The machine's own Node, which runs npm: the package must work on it too, from Node 20 on. */
// biome-ignore lint/style/noProcessEnv: npm tells where it is
const { npm_node_execpath: machineNode = process.execPath } = process.env

const EXAMPLES = [...CLIENT_README.matchAll(/(<!-- does not compile -->\n)?```ts\n(.*?)```/gs)].map(
  ([, mark, text = '']) => ({ text, mustCompile: mark === undefined }),
)
const WORKING = EXAMPLES.filter(({ mustCompile }) => mustCompile).map(({ text }) => text)

describe('the packed client in an empty project', () => {
  let clipia: Clipia
  let project: ClientProject
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    project = await createClientProject()
    environment = { CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url }
  })
  after(() => clipia.stop())

  test('holds code, types, README and licence, and no test', () => {
    assert.ok(project.packed.includes('README.md') && project.packed.includes('LICENSE'))
    for (const path of project.packed) {
      assert.match(path, /^(dist\/.*\.(js|d\.ts)|package\.json|README\.md|LICENSE)$/)
      assert.doesNotMatch(path, /test/)
    }
  })

  for (const node of new Set([process.execPath, machineNode])) {
    test(`is loaded by import and by require on ${node === machineNode ? 'the Node of npm' : 'our Node'}`, async () => {
      const use =
        'createClient().account.get().then(({ balance }) => console.log(typeof verifyWebhookSignature, balance))'
      const esm = `import { createClient } from '@clipia/client'\nimport { verifyWebhookSignature } from '@clipia/client/webhook'\n${use}`
      const cjs = `const { createClient } = require('@clipia/client')\nconst { verifyWebhookSignature } = require('@clipia/client/webhook')\n${use}`
      const expected = 'function { credits: 1000, reserved: 0 }\n'
      assert.equal(await project.run('esm.mjs', esm, environment, node), expected)
      assert.equal(await project.run('cjs.cjs', cjs, environment, node), expected)
    })
  }

  test('the README begins with six lines that work', () => {
    const [first = ''] = EXAMPLES.map(({ text }) => text)
    assert.equal(first.trimEnd().split('\n').length, 6)
    assert.ok(CLIENT_README.indexOf(first) < CLIENT_README.indexOf('##'))
  })

  test('every example of the README compiles, strictly', async () => {
    const names = WORKING.map((text, index) => {
      writeFileSync(join(project.folder, `example-${index}.mts`), text)
      return `example-${index}.mts`
    })
    const { code, stdout } = await project.typeCheck(...names)
    assert.deepEqual([code, stdout], [0, ''])
  })

  for (const [index, text] of WORKING.entries()) {
    if (text.includes('createServer')) continue
    test(`example ${index + 1} of the README runs as written`, async () => {
      const runs = [
        [clipia.liveKey, process.execPath],
        [clipia.testKey, machineNode],
      ] as const
      for (const [key, node] of runs) {
        await project.run(`example-${index}.mjs`, text, { ...environment, CLIPIA_KEY: key }, node)
      }
      if (text.includes("'pictures'")) {
        const files = readdirSync(join(project.folder, 'pictures'))
        assert.equal(files.filter((name) => /^[0-9a-f-]{36}\.png$/.test(name)).length, 2, files.join())
      }
    })
  }

  test('with the types of a catalogue an input that does not fit does not compile', async () => {
    const variables = { ...environment, CLIPIA_KEY: clipia.testKey }
    const written = await runClipia(['types', '--out', join(project.folder, 'clipia.d.ts')], variables)
    assert.equal(written.code, 0, written.stderr)
    const program = (duration: string) =>
      (EXAMPLES.find(({ mustCompile }) => !mustCompile)?.text ?? '').replace('duration: 5', `duration: ${duration}`)
    const check = async (name: string, text: string) => {
      writeFileSync(join(project.folder, name), text)
      return project.typeCheck('clipia.d.ts', name)
    }
    const wrong = await check('wrong.mts', program('5'))
    assert.notEqual(wrong.code, 0)
    assert.match(wrong.stdout, /wrong\.mts\(3,\d+\): error TS2322: Type '5' is not assignable to type '4 \| 8/)
    assert.equal(wrong.stdout.match(/error/g)?.length, 1)
    const right = await check('right.mts', `${program('8')}${program('4').replaceAll(/import.*/g, '')}`)
    assert.deepEqual([right.code, right.stdout], [0, ''])
    const unknown = "await createClient().subscribe('not-in-the-file', { input: { anything: [1] } })\n"
    const other = await check('other.mts', `import { createClient } from '@clipia/client'\n${unknown}`)
    assert.deepEqual([other.code, other.stdout], [0, ''], 'other models take any input')
    for (const mistake of ["{ prompt: 'x', duraton: 4 }", "{ prompt: 'x' }"]) {
      const text = program('4').replace(/\{ image_url.*? \}/, mistake)
      assert.notEqual((await check('mistake.mts', text)).code, 0, mistake)
    }
  })

  test("the README's webhook receiver takes what is signed, and nothing else", async () => {
    const text = WORKING.find((example) => example.includes('createServer')) ?? ''
    const port = String(await freePort())
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const receiver = project.start('receiver.mjs', text, { CLIPIA_WEBHOOK_SECRET: secret, PORT: port })
    const url = `http://127.0.0.1:${port}/`
    await waitFor('the receiver', () =>
      fetchAll(url).then(
        () => true,
        () => undefined,
      ),
    )
    const body = JSON.stringify({ request_id: 'r-1', status: 'OK' })
    const time = Math.floor(Date.now() / 1_000)
    const send = async (key: string) => {
      const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex')
      const headers = { 'X-Clipia-Signature': `t=${time},v1=${signature}` }
      return (await fetchAll(url, { method: 'POST', headers, body })).status
    }
    assert.equal(await send(secret), 204)
    assert.equal(await send('whsec_another'), 400)
    receiver.process.kill()
    assert.match((await receiver.ended).stdout, /^\{ request_id: 'r-1', status: 'OK' \}\n$/)
  })
})

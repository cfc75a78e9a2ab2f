import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { type Ended, environmentWith, startProcess } from './testing/child-process.ts'
import { installInto, packBuilt, packInstalled, type Tarball } from './testing/pack.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

/** The machine's own Node, which runs npm: the command must work on it too, from Node 20 on. */
// biome-ignore lint/style/noProcessEnv: npm tells where it is
const { npm_node_execpath: machineNode = process.execPath } = process.env

describe('the packed command in an empty project', () => {
  let clipia: Clipia
  let tarball: Tarball
  let project = ''
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    const folder = scratchFolder('command-project')
    tarball = await packBuilt('build-command.ts', folder)
    const client = await packBuilt('build-client.ts', folder)
    const others = ['commander', '@modelcontextprotocol/client', '@modelcontextprotocol/server']
    project = await installInto(folder, [tarball, client, ...(await packInstalled(others, folder))])
    environment = { CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url, HOME: project, XDG_CONFIG_HOME: '' }
  })
  after(() => clipia.stop())

  const command = () => join(project, 'node_modules/.bin/clipia')
  const run = (args: string[], node = process.execPath): Promise<Ended> =>
    startProcess(node, [command(), ...args], environment, project).ended

  test('holds code, README and licence, and neither tests nor the server', () => {
    for (const path of tarball.files) assert.match(path, /^(dist\/.*\.js|package\.json|README\.md|LICENSE)$/)
    assert.ok(tarball.files.every((path) => !/test|admin|serve/.test(path)))
    const manifest = JSON.parse(readFileSync(join(project, 'node_modules/clipia/package.json'), 'utf8'))
    assert.deepEqual(Object.keys(manifest.dependencies).sort(), [
      '@clipia/client',
      '@modelcontextprotocol/client',
      '@modelcontextprotocol/server',
      'commander',
    ])
    assert.ok(!readdirSync(join(project, 'node_modules/@clipia')).includes('server'))
  })

  for (const node of new Set([process.execPath, machineNode])) {
    test(`makes a picture and saves it on ${node === machineNode ? 'the Node of npm' : 'our Node'}`, async () => {
      const made = await run(['generate', 'canvas-1', '--prompt', 'A lighthouse', '--out', 'pictures'], node)
      assert.equal(made.code, 0, made.stderr)
      assert.doesNotMatch(made.stderr, /Warning/)
      const { request_id: id, status } = JSON.parse(made.stdout)
      assert.equal(status, 'COMPLETED')
      assert.ok(readdirSync(join(project, 'pictures')).includes(`${id}.png`))
      const types = await run(['types', '--out', 'clipia.d.ts'], node)
      assert.deepEqual([types.code, types.stdout], [0, ''])
      const refused = await run(['status', '0193f3a1-7c00-7000-8000-0000000000aa'], node)
      assert.deepEqual([refused.code, refused.stdout], [1, ''])
      assert.match(refused.stderr, /^Error: \[404 not_found\] .+\n$/)
    })
  }

  test('says its version, shows only what it has, and says where the rest is', async () => {
    const { version } = JSON.parse(readFileSync(join(project, 'node_modules/clipia/package.json'), 'utf8'))
    assert.equal((await run(['--version'])).stdout, `${version}\n`)
    const help = (await run(['--help'])).stdout
    assert.match(help, /^ {2}generate /m)
    assert.doesNotMatch(help, /^ {2}(serve|admin)/m)
    for (const args of [
      ['serve', '--port', '0'],
      ['admin', 'keys', 'list'],
      ['serve', '--help'],
    ]) {
      const { code, stdout, stderr } = await run(args)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^clipia: (serve|admin) is not in this package: the server ships as a clone .+\n$/)
    }
  })

  test('gives the server to an agent over stdio', async () => {
    const agent = new Client({ name: 'test', version: '1' })
    const env = environmentWith(environment)
    await agent.connect(new StdioClientTransport({ command: process.execPath, args: [command(), 'mcp'], env }))
    const { tools } = await agent.listTools()
    assert.ok(tools.some(({ name }) => name === 'generate_image'))
    await agent.close()
  })
})

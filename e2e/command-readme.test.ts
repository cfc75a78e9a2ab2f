import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startProcess } from './testing/child-process.ts'
import { pathWithClipia } from './testing/path-with-clipia.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const README = readFileSync(fileURLToPath(new URL('../packages/cli/README.md', import.meta.url)), 'utf8')
const EXAMPLES = [...README.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text)

let clipia: Clipia
let cwd = ''
let environment: Record<string, string> = {}
before(async () => {
  clipia = await startClipia()
  cwd = scratchFolder('readme')
  environment = { PATH: pathWithClipia(), HOME: cwd, CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url }
})
after(() => clipia.stop())

test("the command's README begins with six lines", () => {
  assert.equal(EXAMPLES[0]?.trimEnd().split('\n').length, 6)
  assert.ok(README.indexOf(EXAMPLES[0] ?? '') < README.indexOf('\n## '))
})

for (const [index, text] of EXAMPLES.entries()) {
  test(`example ${index + 1} of the command's README runs as written`, async () => {
    const { code, stderr } = await startProcess('bash', ['-euo', 'pipefail', '-c', text], environment, cwd).ended
    assert.equal(code, 0, stderr)
    assert.doesNotMatch(stderr, /Error/)
  })
}

test('a reader that has enough ends a command without a word', async () => {
  const text = 'clipia types | true; clipia models | head -c 2'
  const { code, stdout, stderr } = await startProcess('bash', ['-euo', 'pipefail', '-c', text], environment, cwd).ended
  assert.deepEqual([code, stdout, stderr], [0, '{\n', ''])
})

test('what the examples saved is there', () => {
  const saved = (folder: string, ending: string) =>
    readdirSync(join(cwd, folder)).filter((name) => name.endsWith(ending)).length
  assert.deepEqual([saved('pictures', '.png'), saved('clips', '.mp4')], [5, 1])
})

import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { accountOf } from './testing/api.ts'
import { startProcess } from './testing/child-process.ts'
import { pathWithClipia } from './testing/path-with-clipia.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What the shell examples of a guide print, and how many of them are refused, on purpose. */
const SHELL: Record<string, { prints: RegExp[]; refusals: number }> = {
  quickstart: { prints: [/"credits":1\b/, /"status":"COMPLETED"/, /"pending": false/], refusals: 0 },
  concepts: { prints: [/"type":"video"/, /"slug":"canvas-1"/, /one request$/m], refusals: 0 },
  sandbox: { prints: [/"status":"IN_QUEUE"/, /clipia_test_/], refusals: 0 },
  pricing: { prints: [/"quote":"/, /"cost":4\b/, /"code":"price_changed"/, /"kind":"charge"/], refusals: 1 },
  waiting: { prints: [/Preference-Applied: wait=20/i, /^event: status$/m, /"status":"COMPLETED"/], refusals: 0 },
  webhooks: { prints: [/whsec_/], refusals: 0 },
  files: { prints: [/"content_type":"image\/webp"/], refusals: 0 },
  errors: { prints: [/"param":"num_images"/], refusals: 1 },
  history: { prints: [], refusals: 0 },
}

/** What the TypeScript of a guide prints. */
const TYPESCRIPT: readonly (readonly [guide: string, prints: RegExp])[] = [
  ['quickstart', /\.png/],
  ['errors', /^422 model_input_invalid /],
]

/** The examples of a guide in a language; those marked `by-hand` need what only the reader has. */
function examplesOf(guide: string, language: string): string[] {
  const text = readFileSync(join(ROOT, 'docs/guides', `${guide}.md`), 'utf8')
  return [...text.matchAll(/```(\w+)( by-hand)?\n(.*?)```/gs)]
    .filter(([, name, isByHand]) => name === language && isByHand === undefined)
    .map(([, , , example = '']) => example)
}

describe('the guides', () => {
  test('hold no example that no test runs', () => {
    // Those in Python are all run by the tests of that client.
    const run: Record<string, readonly string[]> = {
      sh: [...Object.keys(SHELL), 'operating'],
      ts: TYPESCRIPT.map(([guide]) => guide),
      js: ['webhooks'],
    }
    for (const file of readdirSync(join(ROOT, 'docs/guides'))) {
      const guide = file.replace('.md', '')
      for (const [language, guides] of Object.entries(run)) {
        assert.ok(examplesOf(guide, language).length === 0 || guides.includes(guide), `${language} of ${guide}`)
      }
    }
  })

  let clipia: Clipia
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    environment = {
      PATH: pathWithClipia(),
      CLIPIA_KEY: clipia.liveKey,
      TEST_KEY: clipia.testKey,
      CLIPIA_BASE_URL: clipia.url,
      ACCOUNT: (await accountOf(clipia.live)).account_id,
      CLIPIA_DATA_DIR: clipia.dataDir,
    }
  })
  after(() => clipia.stop())

  const runShell = async (guide: string) => {
    const cwd = scratchFolder('guide')
    copyFileSync(join(ROOT, 'docs/images/aurora-sky.webp'), join(cwd, 'photo.jpg'))
    const script = examplesOf(guide, 'sh').join('\n')
    const { code, stdout, stderr } = await startProcess(
      'bash',
      ['-euo', 'pipefail', '-c', script],
      { ...environment, HOME: cwd },
      cwd,
    ).ended
    assert.equal(code, 0, stderr)
    return { stdout, cwd }
  }

  for (const [guide, { prints, refusals }] of Object.entries(SHELL)) {
    test(`${guide}: its shell examples do what it says`, async () => {
      assert.ok(examplesOf(guide, 'sh').length > 0)
      const { stdout, cwd } = await runShell(guide)
      for (const pattern of prints) assert.match(stdout, pattern)
      assert.equal(stdout.match(/"error":\{"type"/g)?.length ?? 0, refusals, stdout)
      if (guide === 'quickstart') assert.match(readFileSync(join(cwd, 'lighthouse.png'), 'latin1'), /^\x89PNG/)
      if (guide === 'history') assert.match(readFileSync(join(cwd, 'failed.csv'), 'utf8'), /^request_id,/)
    })
  }

  for (const [guide, prints] of TYPESCRIPT) {
    test(`${guide}: its TypeScript runs`, async () => {
      const cwd = scratchFolder('guide')
      symlinkSync(join(ROOT, 'node_modules'), join(cwd, 'node_modules'))
      const [program = '', ...more] = examplesOf(guide, 'ts')
      assert.equal(more.length, 0)
      writeFileSync(join(cwd, 'example.mts'), program)
      const { code, stdout, stderr } = await startProcess(process.execPath, ['example.mts'], environment, cwd).ended
      assert.equal(code, 0, stderr)
      assert.match(stdout, prints)
    })
  }

  test('webhooks: its check of a signature takes and refuses what ours does', async () => {
    const [program = ''] = examplesOf('webhooks', 'js')
    const path = join(scratchFolder('guide'), 'check.mjs')
    writeFileSync(path, `${program}\nexport { isFromClipia }\n`)
    const { isFromClipia } = await import(path)
    const { verification } = JSON.parse(readFileSync(join(ROOT, 'packages/contract/signature-vectors.json'), 'utf8'))
    assert.ok(verification.length > 10)
    for (const { name, secret, body, signature, now, is_valid } of verification) {
      assert.equal(isFromClipia(secret, signature ?? '', body, now * 1_000), is_valid, name)
    }
  })

  test('operating: a backup of the stopped server is whole', async () => {
    await clipia.stop()
    const { stdout } = await runShell('operating')
    assert.match(stdout, /\d+ checks, no differences/)
  })
})

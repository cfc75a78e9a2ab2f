import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ModelDocument } from '../../catalogue/model-document.ts'
import { EngineFilesError, loadDescribedEngines } from './load-definitions.ts'
import { readDefinition } from './read-definition.ts'
import { ACME_FILE } from './testing/acme-file.ts'

/** `¦` marks where the mistake is and is not part of the file. */
const BAD: readonly (readonly [from: string, to: string, message: string])[] = [
  ['name: acme\n', '', 'an engine lacks the field name'],
  ['name: acme', 'name: ¦Acme', 'name must look like'],
  ['name: acme\n', '¦name: fal\n', 'name: fal is the name of another engine'],
  ['capacity:', '¦speed:', 'unknown field speed; an engine takes name, base_url'],
  ['https://api.acme.example/v1', '¦api.acme.example', 'base_url must look like'],
  ['ACME_API_KEY', '¦acme-key', 'credential_variable must look like'],
  ['  authorization:', '  ¦x y:', 'headers: a name is of letters, digits and -'],
  ['capacity: 4', 'capacity: ¦0', 'capacity must be a whole number from 1 to 10000'],
  ['media_inputs: data_url', 'media_inputs: ¦upload', 'media_inputs must be one of data_url, url'],
  ['  path: /models/{settings.model}/jobs\n', '', 'start lacks the field path'],
  ['/models/{settings.model}/jobs', '¦models', 'start: path: must be a path such as /jobs/{ticket}'],
  ['{settings.model}', '{modell}', '{modell} is not known; there are {request_id}, {model}, {ticket}'],
  ['  ticket: job.id', '  ticket: ¦"job.("', 'start: ticket:'],
  ['  ticket: job.id\n', '', 'ticket and check belong together'],
  ['Idempotency-Key', '¦Idempotency Key', 'start: idempotency_header must look like'],
  ['method: DELETE', 'method: ¦ERASE', 'cancel: method must be one of GET, POST, PUT, PATCH, DELETE'],
  ['  ticket: jobs[0].id\n', '', 'find lacks the field ticket'],
  ['  status: job.state\n', '', 'answer lacks the field status'],
  ['    finished: [done]\n', '', 'words lacks the field finished'],
  ['[working]', '[¦pending]', 'words: pending is given twice'],
  ['[working]', '¦working', 'words: running must be a list'],
  ['error.kind = "moderation"', '¦$match(error.kind, /m/)', 'answer: rejected: regular expressions are not supported'],
  ['unit: usd, ', '', 'usage lacks the field unit'],
  [
    '  secret_variable: ACME_WEBHOOK_SECRET',
    '  secret_variable: ACME_WEBHOOK_SECRET\n  ¦secret: hunter2',
    'unknown field secret; callback takes secret_variable',
  ],
]

for (const [from, to, message] of BAD) {
  test(`${JSON.stringify(to)} instead of ${JSON.stringify(from)} is refused: ${message}`, () => {
    assert.ok(ACME_FILE.includes(from), from)
    const marked = ACME_FILE.replace(from, () => to)
    const { definition, mistakes } = readDefinition(new ModelDocument('acme.yaml', marked.replace('¦', '')))
    assert.equal(definition, null)
    const found = mistakes.find((mistake) => mistake.message.includes(message))
    assert.ok(found, JSON.stringify(mistakes))
    assert.equal(mistakes.length, 1, JSON.stringify(mistakes))
    if (!to.includes('¦')) return
    const before = marked.slice(0, marked.indexOf('¦')).split('\n')
    assert.deepEqual([found.line, found.column], [before.length, (before.at(-1)?.length ?? 0) + 1])
  })
}

test('the example of the documentation is an engine file', () => {
  const text = readFileSync(new URL('../../../../../docs/engines/generic.md', import.meta.url), 'utf8')
  const example = /```yaml\n(name: .*?)```/s.exec(text)?.[1] ?? ''
  assert.deepEqual(readDefinition(new ModelDocument('generic.md', example)).mistakes, [])
})

function folderOf(context: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-engines-'))
  context.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('an engine is set up by the variables its file names, and not without its credential', (context) => {
  const enginesDir = folderOf(context, { 'acme.yaml': ACME_FILE, 'notes.txt': 'no engine' })
  const load = (environment: Record<string, string>) =>
    loadDescribedEngines({ enginesDir, variable: (name) => environment[name] })
  assert.deepEqual(load({}), [])
  const [engine] = load({ ACME_API_KEY: 'k', ACME_WEBHOOK_SECRET: 's' })
  assert.deepEqual(
    [engine?.baseUrl, engine?.credential, engine?.callbackSecret],
    ['https://api.acme.example/v1', 'k', 's'],
  )
  assert.equal(load({ ACME_API_KEY: 'k', ACME_BASE_URL: 'http://127.0.0.1:9' })[0]?.baseUrl, 'http://127.0.0.1:9')
})

test('mistakes of files and of variables are reported together, with no secret', (context) => {
  const enginesDir = folderOf(context, {
    'a.yaml': ACME_FILE,
    'b.yaml': ACME_FILE,
    'c.yaml': 'name: c\n',
    'd.yaml': ACME_FILE.replace('name: acme', 'name: d').replace('ACME_API_KEY', 'OTHER_KEY'),
  })
  const environment: Record<string, string> = { ACME_API_KEY: 'k', OTHER_KEY: 'two words' }
  assert.throws(
    () => loadDescribedEngines({ enginesDir, variable: (name) => environment[name] }),
    (error) => {
      assert.ok(error instanceof EngineFilesError)
      assert.match(error.message, /b\.yaml:1:1 there are two engines named acme/)
      assert.match(error.message, /c\.yaml:1:1 an engine lacks the field start/)
      assert.match(error.message, /OTHER_KEY must be visible ASCII/)
      assert.doesNotMatch(error.message, /two words/)
      return true
    },
  )
})

test('a folder that is not there is a mistake, none at all is not', () => {
  assert.throws(() => loadDescribedEngines({ enginesDir: '/nowhere', variable: () => undefined }), /cannot be read/)
  assert.deepEqual(loadDescribedEngines({ enginesDir: null, variable: () => undefined }), [])
})

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmulator } from './emulator/emulator.ts'
import { submit } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'
import type { WireResult } from './testing/wire.ts'

/** The emulated server's protocol, written as an operator would write that of a provider nobody knows. */
const ENGINE = `name: shed
base_url: http://shed.invalid
base_url_variable: SHED_URL
credential_variable: SHED_TOKEN
headers:
  authorization: Bearer {credential}
poll_seconds: 1
start:
  path: /jobs
  body: '{"id": request_id, "model": model, "type": type, "input": input, "settings": settings}'
  ticket: job
  idempotency_header: Idempotency-Key
check:
  path: /jobs/{ticket}
cancel:
  path: /jobs/{ticket}/cancel
answer:
  status: state
  words:
    queued: [queued]
    running: [running]
    finished: [finished]
    failed: [failed]
    canceled: [canceled]
  progress: progress
  media: media
  error: error.message
  rejected: error.code = "CONTENT_REJECTED"
`
const MODEL = `slug: shed-1
type: image
name: A provider described by a file
capabilities: [text-to-image]
routes:
  - engine: shed
    settings: { checkpoint: v1 }
parameters:
  prompt: { type: string, required: true, max_length: 100 }
price: { base: 2 }
`

function writeFolders(engine: string): { CLIPIA_MODELS_DIR: string; CLIPIA_ENGINES_DIR: string } {
  const folder = scratchFolder('shed')
  const [models, engines] = [join(folder, 'models'), join(folder, 'engines')]
  for (const path of [models, engines]) mkdirSync(path, { recursive: true })
  writeFileSync(join(models, 'shed.yaml'), MODEL)
  writeFileSync(join(engines, 'shed.yaml'), engine)
  return { CLIPIA_MODELS_DIR: models, CLIPIA_ENGINES_DIR: engines }
}

test('a provider that only a file describes renders, and is started once though the answer is lost', async () => {
  const faults = [{ on: 'start', act: 'reset', stage: 'after' } as const]
  const emulator = await startEmulator({ token: 'shed-token', isStartIdempotent: true, faults })
  const environment = { ...writeFolders(ENGINE), SHED_URL: emulator.url, SHED_TOKEN: 'shed-token' }
  const clipia = await startClipia({ environment })
  try {
    const { request_id: id } = await submit(clipia.live, 'shed-1', { prompt: 'a lighthouse' })
    const result = await waitFor(
      'the end',
      async () => {
        const found = (await clipia.live.get(`/v1/requests/${id}`)).json<WireResult>()
        return found.status === 'COMPLETED' ? found : undefined
      },
      { timeoutMs: 60_000 },
    )
    assert.equal(emulator.stats().renders[id], 1)
    assert.equal(result.model, 'shed-1')
    assert.ok(!JSON.stringify(result).includes(emulator.url))
    await assertAuditClean(clipia)
    assert.ok(!clipia.logs().includes('shed-token'), 'the log holds no secret')
  } finally {
    await clipia.stop()
    await emulator.close()
  }
})

test('a mistake in an engine file stops the start, with its place', async () => {
  const environment = writeFolders(ENGINE.replace('  ticket: job\n', '  ticket: "job.("\n'))
  const settings = {
    CLIPIA_DATA_DIR: join(scratchFolder('data'), 'data'),
    CLIPIA_PORT: '0',
    ...environment,
    SHED_TOKEN: 'x',
  }
  const child = startProcess(process.execPath, [CLIPIA_COMMAND, 'serve'], settings)
  assert.equal((await child.ended).code, 1)
  assert.match(child.stderr(), /^clipia: the engine files have mistakes\n\S+shed\.yaml:11:11 start: ticket: [^\n]*\n$/)
})

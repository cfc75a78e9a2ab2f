import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InputFile } from '../../media/inputs.ts'
import type { StoredBlob } from '../../media/store.ts'
import { FetchRefused } from '../../network/fetch-refused.ts'
import type { Engine, EngineContext, Job } from '../engine.ts'
import { createHeldCalls } from '../held/held-calls.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { type EmulatedProvider, startEmulatedProvider } from './emulated-provider.ts'
import type { ProviderWire } from './provider-wire.ts'

/** The credential of every engine under test: it must turn up nowhere but in requests to the provider. */
export const SECRET = 'id-1:Secret.0123456789abcdef'
/** The moment of every call. */
export const NOW_MS = Date.UTC(2027, 0, 2, 3, 4, 5)
/** A file of ours no provider can reach, and its bytes. */
export const PRIVATE_URL = 'http://127.0.0.1:3000/media/00000000000000000000000000000001.png'
export const PRIVATE_BYTES = Buffer.from('the bytes of a picture')
export const PUBLIC_URL = 'https://pictures.example/1.png'

export const PROMPT = 'a "lighthouse"\nat dusk'

/** An engine in front of its emulated provider. */
export interface Subject {
  engine: Engine
  provider: EmulatedProvider
  warnings: string[]
  job: Job
  context: EngineContext
  /** What the engine was opened with. */
  parts: ProviderParts
  /** For files of the test. */
  folder: string
}

/** Opens a subject for one test and closes it afterwards. */
export async function withSubject(wire: ProviderWire, use: (subject: Subject) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clipia-engine-'))
  await using provider = await startEmulatedProvider(wire)
  const warnings: string[] = []
  const parts: ProviderParts = {
    credential: SECRET,
    baseUrl: provider.url,
    capacity: 4,
    fetch: globalThis.fetch,
    inputs: { lend: (url, signal, lend) => lendBytes(folder, url, signal, lend) },
    isReachable: (url) => url === PUBLIC_URL,
    store: { put: storeBytes, makeWorkFolder: (name) => mkdtemp(join(folder, name)) },
    calls: createHeldCalls({ database: UNUSED, clock: UNUSED, onNews: () => {}, log: UNUSED, makeId: () => 'call' }),
    onWarning: (message) => void warnings.push(message),
  }
  const job: Job = {
    requestId: '0190f8a0-0000-7000-8000-000000000001',
    accountId: '0190f8a0-0000-7000-8000-0000000000ac',
    model: 'acme/painter',
    ...wire.job,
    input: { prompt: PROMPT },
    media: [],
  }
  const context: EngineContext = { signal: new AbortController().signal, nowMs: NOW_MS, callbackUrl: null }
  try {
    await use({ engine: await wire.open(parts), provider, warnings, job, context, parts, folder })
    assert.ok(!JSON.stringify(warnings).includes(SECRET), 'warnings hold no secret')
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Every answer under test comes while the step waits: nothing is put on record. */
const UNUSED = new Proxy<never>({} as never, { get: (_, name) => assert.fail(`${String(name)} is not needed`) })

async function storeBytes(path: string): Promise<StoredBlob> {
  const bytes = await readFile(path)
  return { blob: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }
}

async function lendBytes<Result>(
  folder: string,
  url: string,
  signal: AbortSignal,
  use: (file: InputFile) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  if (url !== PRIVATE_URL && url !== PUBLIC_URL) throw new FetchRefused('there is no such file here')
  const path = join(folder, 'input')
  writeFileSync(path, PRIVATE_BYTES)
  return use({ path, contentType: 'image/png', kind: 'image', sizeBytes: PRIVATE_BYTES.length })
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseKind } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type EmulatedProvider, startEmulatedProvider } from './emulated-provider.ts'
import type { ProviderWire, Reply } from './provider-wire.ts'

/** What a provider's requests come to in the real app; the same of every provider, but for what is told here. */
export interface ProviderStory {
  wire: ProviderWire
  engine: string
  /** What sets the provider up, by the URL of the emulator. */
  environment(url: string): Record<string, string>
  /** Text of an engine file, for an engine that is described by one. */
  engineFile?: string
  /** What stands in the wire for the media: a URL, or the bytes in base64; null where they are asked for by `mediaTarget`. */
  placeholder: { kind: 'url' | 'base64'; text: string } | null
  /** Where the engine fetches what the provider holds for it. */
  mediaTarget?: RegExp
  /** What stands in the wire for our request id, where the provider knows it. */
  requestId?: string
  /** What can be stopped; see `Engine.cancelable`. */
  cancels: 'always' | 'waiting' | 'never'
  /** What becomes of a start whose answer is lost. */
  lostStart: 'found' | 'heard of' | 'refunded'
  /** Signs a callback about the emulated job, sent at a moment in epoch milliseconds. */
  callBack?(nowMs: number): { headers: Record<string, string>; body: string }
  /** Answers what the engine asks in order to verify callbacks. */
  verification?: { target: string; reply: Reply }
}

/** The slug of the model of a story; it costs 3 credits. */
export const STORY_MODEL = 'story-1'

/** The emulated provider and the real app in front of it. */
export interface OpenStory extends AsyncDisposable {
  provider: EmulatedProvider
  test: TestApp
  /** From now on the wire speaks of this request. */
  speakOf(requestId: string): void
}

/** Starts the emulator, and the app with a model that it renders. */
export async function openStory(kind: DatabaseKind, story: ProviderStory, media: Buffer): Promise<OpenStory> {
  let requestId = ''
  const toOurs = (text: string) => (story.requestId ? text.replaceAll(story.requestId, requestId) : text)
  const toTheirs = (text: string) => (story.requestId ? text.replaceAll(requestId, story.requestId) : text)
  const { wire, placeholder } = story
  const word = (reply: Reply | null): Reply | null => {
    if (reply === null) return null
    const text = JSON.stringify(reply)
    const made = placeholder?.kind === 'url' ? `${provider.url}/made` : media.toString('base64')
    return JSON.parse(toOurs(placeholder === null ? text : text.replaceAll(placeholder.text, made)))
  }
  const provider = await startEmulatedProvider({
    ...wire,
    operationOf(received) {
      if (received.target === '/made' || story.mediaTarget?.test(received.target)) return 'media'
      if (received.target === story.verification?.target) return 'other'
      return wire.operationOf({ ...received, target: toTheirs(received.target) })
    },
    accepted: (received) => word(wire.accepted(received)) ?? { status: 500, body: {} },
    standing: (standing, operation) => word(wire.standing(standing, operation)),
  })
  const folder = writeFiles(story)
  const test = await createTestApp(kind, {
    environment: {
      CLIPIA_MODELS_DIR: join(folder, 'models'),
      CLIPIA_ENGINES_DIR: join(folder, 'engines'),
      CLIPIA_PUBLIC_URL: 'https://api.clipia.example',
      ...story.environment(provider.url),
    },
  })
  return {
    provider,
    test,
    speakOf(id) {
      requestId = id
    },
    async [Symbol.asyncDispose]() {
      await test.close()
      await provider[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

function writeFiles({ wire, engine, engineFile }: ProviderStory): string {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-story-'))
  for (const name of ['models', 'engines']) mkdirSync(join(folder, name))
  if (engineFile !== undefined) writeFileSync(join(folder, 'engines', 'engine.yaml'), engineFile)
  const model = {
    slug: STORY_MODEL,
    type: wire.job.type,
    name: 'Story 1',
    capabilities: [`text-to-${wire.job.type}`],
    routes: [{ engine, settings: wire.job.settings }],
    run_limit_seconds: 600,
    rejected_content: 'charged',
    parameters: { prompt: { type: 'string', required: true, max_length: 100 } },
    price: { base: 3 },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'models', 'story-1.yaml'), JSON.stringify(model))
  return folder
}

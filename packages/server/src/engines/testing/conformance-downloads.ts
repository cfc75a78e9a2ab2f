import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { FetchRefused } from '../../network/fetch-refused.ts'
import type { ProviderWire } from './provider-wire.ts'
import { type Act, cutShort, drip, hangUp, startDecidingServer } from './scripted-server.ts'
import { SECRET, type Subject, withSubject } from './subject.ts'

const BYTES = Buffer.from('the bytes of what was made')
const whole: Act = (response) => void response.writeHead(200).end(BYTES)

/** What every engine guarantees that brings what its provider holds. */
export function describeDownloads(wire: ProviderWire): void {
  const [held] = wire.media
  if (held?.kind !== 'held') return
  const { reference } = held
  const test = (name: string, use: (subject: Subject) => Promise<void>) => it(name, () => withSubject(wire, use))
  const download = ({ engine, job, context, folder }: Subject, signal = context.signal) =>
    engine.download?.(job, reference, join(folder, 'made'), { ...context, signal }) ?? assert.fail('it cannot')
  const answer = ({ provider }: Subject, act: Act) => {
    // Wires differ in where a file lies: whatever is asked for now is the file.
    for (const operation of ['media', 'other', 'result', 'check'] as const) provider.misbehave.set(operation, act)
  }

  describe(`${wire.name} conforms: downloads`, () => {
    test('bring the bytes as they are, asked for with the key', async (subject) => {
      answer(subject, whole)
      await download(subject)
      assert.deepEqual(await readFile(join(subject.folder, 'made')), BYTES)
      assert.ok(JSON.stringify(subject.provider.calls.at(-1)?.headers).includes(SECRET))
    })

    for (const status of [403, 404, 410, 500]) {
      test(`say so when they are answered ${status}`, async (subject) => {
        answer(subject, (response) => void response.writeHead(status).end('<html>'))
        await assert.rejects(download(subject), (error) => error instanceof FetchRefused && error.status === status)
      })
    }

    for (const [name, act] of [
      ['a connection that ends', hangUp],
      ['bytes that are cut short', cutShort],
    ] as const) {
      test(`fail at ${name}`, async (subject) => {
        answer(subject, act)
        await assert.rejects(download(subject))
      })
    }

    test('that drip are left when the step is aborted', async (subject) => {
      const abort = new AbortController()
      answer(subject, (response, request) => {
        drip(response, request)
        setImmediate(() => abort.abort(new Error('the lease ends')))
      })
      await assert.rejects(download(subject, abort.signal))
    })

    test('go elsewhere without the key', async (subject) => {
      await using elsewhere = await startDecidingServer(() => whole)
      answer(subject, (response) => void response.writeHead(302, { location: `${elsewhere.url}/made` }).end())
      await download(subject)
      assert.deepEqual(await readFile(join(subject.folder, 'made')), BYTES)
      assert.ok(!JSON.stringify(elsewhere.received).includes(SECRET), 'the key stays with the provider')
    })

    test('never lead out of the provider’s files', async (subject) => {
      answer(subject, whole)
      const { engine, job, context, folder } = subject
      const path = join(folder, 'made')
      const strange = JSON.parse(JSON.stringify(reference).replaceAll(/"[^"]*"(?=[,}])/g, '"../../models"'))
      await (async () => engine.download?.(job, strange, path, context))().catch(() => {})
      for (const { target } of subject.provider.calls) assert.doesNotMatch(target, /\/\.\.|^\/models/)
    })
  })
}

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { waitFor } from '../../testing/wait-for.ts'
import type { ProviderStory } from './provider-story.ts'
import { answer, hangUp } from './scripted-server.ts'
import type { Telling } from './telling.ts'

const RUN_LIMIT_MS = 600_000

/** What callbacks come to, of a provider that makes any. */
export function describeCallbacks(story: ProviderStory, telling: Telling): void {
  it('is checked at once when the provider calls back, however often it does', async () => {
    await telling.submit()
    telling.provider().standing = 'finished'
    await telling.callBack()
    await telling.callBack()
    await telling.app().work()
    assert.equal((await telling.ask()).status, 'COMPLETED')
    await telling.callBack()
    assert.equal((await telling.ask()).status, 'COMPLETED')
  })

  it('takes its ticket from a callback that comes before the answer to its submit, and stops nothing', async () => {
    telling.provider().misbehave.set('submit', (response, request) => {
      void telling.callBack().then(() => {
        const reply = story.wire.accepted({ method: 'POST', target: '', headers: {}, body: '' })
        answer(reply.status, reply.body)(response, request)
      })
    })
    telling.provider().standing = 'finished'
    await telling.submit()
    assert.deepEqual(
      [(await telling.ask()).status, telling.callsOf('submit'), telling.callsOf('cancel')],
      ['COMPLETED', 1, 0],
    )
  })

  it('is completed by a callback after its node died in the middle of the submit, without a second one', async () => {
    let endNode = () => {}
    telling.provider().misbehave.set('submit', (_response, request) => {
      endNode = () => void request.socket.destroy()
    })
    await telling.queue()
    await telling.app().app.worker.claim()
    await waitFor('the submit to arrive', () => telling.callsOf('submit') === 1)
    // The lease of a node that is never heard of again runs out; whoever takes the step over finds a start under way.
    telling.app().clock.advance(31_000)
    await telling.app().app.worker.claim()
    telling.provider().standing = 'finished'
    await telling.callBack()
    endNode()
    await telling.app().work()
    assert.deepEqual([(await telling.ask()).status, telling.callsOf('submit')], ['COMPLETED', 1])
  })

  it('is not moved by a callback nobody signed, or for another start', async () => {
    telling.provider().misbehave.set('submit', hangUp)
    await telling.submit()
    telling.provider().standing = 'finished'
    const { headers = {}, body: rawBody = '' } = story.callBack?.(telling.app().clock.now()) ?? {}
    const name = { engine: story.engine, requestId: telling.id(), startFence: 1 }
    const right = telling.app().app.services.callbackAddresses.pathOf(name)
    const other = telling.app().app.services.callbackAddresses.pathOf({ ...name, startFence: 99 })
    const unsigned = Object.fromEntries(Object.keys(headers).map((header) => [header, '0']))
    for (const [at, given] of [
      [right, unsigned],
      [other, headers],
      [right.slice(0, -3), headers],
    ] as const) {
      const options = { key: null, headers: given, rawBody }
      assert.equal((await telling.app().call('POST', at, options)).status, 204)
      await telling.app().work()
      assert.equal((await telling.ask()).status, 'IN_PROGRESS', at)
    }
    await telling.pass(RUN_LIMIT_MS)
    await telling.runDuty('end-overdue')
    assert.equal((await telling.ask()).error.code, 'TIMED_OUT')
  })
}

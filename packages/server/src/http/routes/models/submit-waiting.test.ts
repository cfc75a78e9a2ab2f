import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'
import { listen } from '../../../testing/open-events.ts'
import { waitFor } from '../../../testing/wait-for.ts'

for (const kind of DATABASES) {
  describe(`Prefer: wait on submit on ${kind.name}`, () => {
    let test: Machine
    const prefer = (value: string, more: Record<string, string> = {}) => ({ headers: { prefer: value, ...more } })
    const submit = (value: string, more: Record<string, string> = {}) =>
      test.submit('remote-1', { prompt: 'x' }, prefer(value, more))
    const isWaitedFor = (count = 1) => waitFor('the wait', () => test.app.services.events.size() === count)

    beforeEach(async () => {
      test = await createMachine(kind)
    })
    afterEach(async () => {
      await isWaitedFor(0)
      await test.auditAndClose()
    })

    it('holds the answer until the request is over, and answers with the result', async () => {
      test.engine.onCheck = async () => ({
        state: 'failed',
        code: 'CONTENT_REJECTED',
        message: 'No.',
        isCharged: false,
      })
      const held = submit('respond-async, wait=20')
      await isWaitedFor()
      await test.work()
      test.clock.advance(1_000)
      await test.work()
      const { status, headers, body } = await held
      assert.deepEqual([status, headers['preference-applied']], [200, 'wait=20'])
      const result = (await test.call('GET', `/v1/requests/${body.request_id}`)).body
      const { queue_position: position, ...fields } = body
      assert.equal(position, 0)
      assert.deepEqual(
        fields,
        {
          ...result,
          ...Object.fromEntries(
            ['status', 'response', 'cancel', 'events'].map((name) => [
              `${name}_url`,
              `http://clipia.test/v1/requests/${body.request_id}${name === 'response' ? '' : `/${name}`}`,
            ]),
          ),
        },
        'the fields of the submit and of the result',
      )
    })

    it('answers as it stands when the time is up', async () => {
      const { headers, body } = await submit('wait=1')
      assert.deepEqual([headers['preference-applied'], body.status, body.output], ['wait=1', 'IN_QUEUE', undefined])
    })

    it('answers a sandbox request with its output at once', async () => {
      const answer = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey, ...prefer('wait=30') })
      assert.equal(answer.body.status, 'COMPLETED')
      assert.match(answer.body.output.images[0].url, /samples/)
      assert.equal(answer.body.charged, 0)
      const plain = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      assert.equal(plain.body.output, undefined)
    })

    it('clamps to 30 seconds and ignores what makes no sense', async () => {
      for (const value of ['wait', 'wait=', 'wait=-1', 'wait=soon', 'wait=1.5', 'return=minimal', ';;,', 'await=3']) {
        const { status, headers } = await submit(value)
        assert.deepEqual([status, headers['preference-applied']], [200, undefined], value)
      }
      assert.equal((await submit('Wait="0"; x=y')).headers['preference-applied'], 'wait=0')
      const held = submit('foo; bar, WAIT=86400')
      await isWaitedFor()
      test.app.drain()
      const { headers, body } = await held
      assert.deepEqual([headers['preference-applied'], body.status], ['wait=30', 'IN_QUEUE'])
    })

    it('waits on a replay for the first request, and charges once', async () => {
      const first = await submit('wait=0', { 'idempotency-key': 'k' })
      const held = submit('wait=30', { 'idempotency-key': 'k' })
      await isWaitedFor()
      assert.equal((await test.call('POST', `/v1/requests/${first.body.request_id}/cancel`)).status, 200)
      const { headers, body } = await held
      assert.deepEqual([headers['idempotent-replayed'], body.status], ['true', 'CANCELED'])
      assert.equal(body.request_id, first.body.request_id)
    })

    it('keeps the request of a client that goes away, and lets go of the wait', async () => {
      const leaving = new AbortController()
      const held = fetch(`${await listen(test)}/v1/models/remote-1`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.liveKey}`, prefer: 'wait=30' },
        body: '{"input": {"prompt": "x"}}',
        signal: leaving.signal,
      })
      await isWaitedFor()
      leaving.abort()
      await assert.rejects(held)
      await isWaitedFor(0)
      assert.equal((await test.balance()).reserved, 3)
    })

    it('refuses as without it', async () => {
      const { status, headers } = await test.submit('remote-1', {}, prefer('wait=30'))
      assert.deepEqual([status, headers['preference-applied']], [422, undefined])
    })
  })
}

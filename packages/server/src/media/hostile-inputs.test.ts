import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { LookUp } from '../network/checked-look-up.ts'
import { DATABASES } from '../testing/databases.ts'
import { type HostileServer, startHostileServer } from '../testing/hostile-server.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

/** What a picture is refused for when the job runs, by the path of the hostile server. */
const UNREACHABLE: readonly [string, RegExp][] = [
  ['/missing', /answered with status 404/],
  ['/broken', /answered with status 500/],
  ['/page', /not a PNG/],
  ['/svg', /not a PNG/],
  ['/empty', /not a PNG/],
  ['/flood-page', /not a PNG/],
  ['/flood-picture', /larger than 20 MB/],
  ['/announced', /larger than 200 MB/],
  ['/gzip-bomb', /larger than 20 MB/],
  ['/pixel-bomb', /could not be decoded/],
  ['/cut-picture', /could not be decoded/],
  ['/cut-connection', /could not be reached/],
  ['/to-private', /private address/],
  ['/to-metadata', /private address/],
  ['/to-decimal', /private address/],
  ['/to-name', /private host/],
  ['/to-file', /http/],
  ['/to-itself', /redirected more than 3 times/],
]

/** A name whose address is public when it is first looked up and private from then on, and one that has both at once. */
const rebinding: LookUp = (() => {
  let count = 0
  return (hostname, _options, callback) => {
    count += 1
    const addresses = hostname.startsWith('both')
      ? ['93.184.216.34', '169.254.169.254']
      : [count === 1 ? '192.0.2.1' : '10.0.0.7']
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )
  }
})()

for (const kind of DATABASES) {
  describe(`inputs of hostile servers on ${kind.name}`, () => {
    let test: TestApp
    let server: HostileServer
    const makeApp = (more: Record<string, string> = {}) =>
      createTestApp(kind, { environment: { CLIPIA_FETCH_ALLOW_PRIVATE: '127.0.0.1', ...more }, lookUp: rebinding })
    before(async () => {
      server = await startHostileServer()
      test = await makeApp()
    })
    after(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
      await server.close()
    })

    /** Submits a film of a picture and works until it is over; the clock moves along with real time. */
    async function film(url: string) {
      const submitted = await test.submit('motion-1', { image_url: url, duration: 2, resolution: '480p' })
      assert.equal(submitted.status, 200, JSON.stringify(submitted.body))
      for (;;) {
        await test.work()
        const { status, body } = await test.call('GET', `/v1/requests/${submitted.body.request_id}`)
        if (status === 200) return body
        test.clock.advance(500)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }

    async function assertUnreachable(url: string, reason: RegExp): Promise<void> {
      const { status, error, charged } = await film(url)
      assert.deepEqual([status, error?.code, charged], ['FAILED', 'INPUT_UNREACHABLE', 0], url)
      assert.match(error.message, reason, url)
      assert.doesNotMatch(error.message, /\/tmp|clipia-|ECONN|10\.0\.0|169\.254/, url)
      assert.deepEqual(readdirSync(join(test.dataDir, 'media', 'work')), [], url)
    }

    for (const [path, reason] of UNREACHABLE) {
      it(`end a request as INPUT_UNREACHABLE, refunded, for ${path}`, () =>
        assertUnreachable(`${server.origin}${path}`, reason))
    }

    it('are left after the first bytes, or at the bound, however much there is', async () => {
      await film(`${server.origin}/flood-page`)
      assert.ok(server.sentBytes() < 20 * 1024 * 1024, String(server.sentBytes()))
      await film(`${server.origin}/flood-picture`)
      assert.ok(server.sentBytes() < 60 * 1024 * 1024, String(server.sentBytes()))
    })

    it('are not reached through names that turn out to be private, at once or later', async () => {
      await assertUnreachable('http://later.example/picture.png', /private address/)
      await assertUnreachable('http://later.example/picture.png', /private address/)
      await assertUnreachable('http://both.example/picture.png', /private address/)
    })

    it('end a request that waits for them longer than it may', async () => {
      const patient = test
      test = await makeApp({ CLIPIA_FETCH_TIMEOUT_SECONDS: '1' })
      for (const path of ['/drip', '/silent']) {
        await assertUnreachable(`${server.origin}${path}`, /did not answer in time/)
      }
      await test.close()
      test = patient
    })

    it('work when they behave, also behind a redirect', async () => {
      assert.equal((await film(`${server.origin}/to-picture`)).status, 'COMPLETED')
    })
  })
}

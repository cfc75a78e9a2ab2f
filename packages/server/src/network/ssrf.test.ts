import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isPublicAddress, judgeUrl, NO_PRIVATE, parseAllowedPrivate } from './address-rules.ts'
import type { LookUp } from './checked-look-up.ts'
import { FetchRefused } from './fetch-refused.ts'
import { createSafeFetch } from './safe-fetch.ts'
import { createSafePost } from './safe-post.ts'
import { ANSWER_VECTORS, LITERAL_VECTORS, PUBLIC_ADDRESSES, PUBLIC_VECTORS } from './testing/ssrf-vectors.ts'

/** Where the stranger's own server is: the one address besides the public ones that may be dialled. */
const STRANGER = '127.0.0.9'
const REFUSED = /^its URL must|private address/
const NEVER = new AbortController().signal

/** A way to a stranger's URL: answers the status, or throws why not. */
type Reach = (url: string, lookUp: LookUp) => Promise<number>

describe('the corpus of ways inside', () => {
  let server: Server
  let port: number
  let folder: string
  let heard: string[]
  let redirectTo = ''

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clipia-ssrf-'))
    server = createServer((request, response) => {
      const { localAddress } = request.socket
      if (localAddress !== STRANGER) heard.push(`${localAddress} ${request.url}`)
      if (redirectTo === '') response.end('here')
      else response.writeHead(302, { location: redirectTo }).end()
    })
    // On every address of the loopback network, so that nothing refuses but we.
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    port = (server.address() as AddressInfo).port
    heard = []
  })
  after(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ways: [string, Reach][] = [
    [
      'what fetches inputs',
      async (url, lookUp) => {
        const fetcher = createSafeFetch(parseAllowedPrivate(STRANGER), lookUp)
        const limits = { maxBytes: 100, timeoutMs: 5_000, maxRedirects: 3 }
        return fetcher
          .download(url, join(folder, 'file'), limits, NEVER)
          .then(() => 200)
          .finally(() => fetcher.close())
      },
    ],
    [
      'what posts webhooks',
      async (url, lookUp) => {
        const post = createSafePost(parseAllowedPrivate(STRANGER), lookUp)
        return (await post(url, { headers: {}, body: '{}' }, { maxBytes: 100, timeoutMs: 5_000 }, NEVER)).status
      },
    ],
  ]

  const withPort = (url: string) => url.replace('{port}', String(port))
  const neverLookUp: LookUp = (hostname) => assert.fail(`${hostname} was looked up`)
  const answering =
    (...lists: (readonly string[])[]): LookUp =>
    (_hostname, _options, callback) => {
      const addresses = lists.length > 1 ? lists.shift() : lists[0]
      callback(
        null,
        (addresses ?? []).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })),
      )
    }
  const assertRefused = (reach: Promise<number>, what: string) =>
    assert.rejects(
      reach,
      (error: unknown) => error instanceof FetchRefused && REFUSED.test(error.message),
      `not refused: ${what}`,
    )

  it('has 60 ways or more, each once', () => {
    assert.ok(LITERAL_VECTORS.length >= 60)
    assert.equal(new Set(LITERAL_VECTORS).size, LITERAL_VECTORS.length)
    for (const url of PUBLIC_VECTORS) assert.equal(judgeUrl(url, NO_PRIVATE), null, url)
    for (const address of PUBLIC_ADDRESSES) {
      assert.equal(isPublicAddress(address), true, address)
      const url = `http://${isIPv6(address) ? `[${address}]` : address}/`
      assert.equal(judgeUrl(url, NO_PRIVATE), null, url)
    }
  })

  for (const [name, reach] of ways) {
    describe(`and ${name}`, () => {
      after(() => assert.deepEqual(heard, [], 'nothing inside heard anything'))

      it('refuses every URL that leads inside, without a look-up', async () => {
        for (const url of LITERAL_VECTORS) await assertRefused(reach(withPort(url), neverLookUp), JSON.stringify(url))
      })

      it('refuses a name with one address inside, wherever it stands among the others', async () => {
        for (const addresses of ANSWER_VECTORS) {
          await assertRefused(reach(`http://harmless.example:${port}/`, answering(addresses)), String(addresses))
        }
      })

      it('lets the addresses of a public name decide, however it looks', async () => {
        for (const url of PUBLIC_VECTORS) {
          const names: string[] = []
          const unknown: LookUp = (hostname, _options, callback) => {
            names.push(hostname)
            callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), [])
          }
          await assert.rejects(reach(url, unknown), FetchRefused)
          assert.equal(names.length, 1, `${url} was not looked up`)
        }
      })

      it('reaches a stranger where it may, at the very address that was checked', async () => {
        const rebinding = answering([STRANGER], ['127.0.0.1'])
        assert.equal(await reach(`http://stranger.example:${port}/`, rebinding), 200)
        await assertRefused(reach(`http://stranger.example:${port}/`, rebinding), 'the second answer')
      })

      it('goes nowhere inside by a redirect', async () => {
        for (const url of LITERAL_VECTORS) {
          // Relative to where it stands, these lead to the stranger itself, or are no header.
          if (url === '' || url.startsWith('/') || url.startsWith('http:127') || /[^\x20-\x7e]/.test(url)) continue
          redirectTo = withPort(url)
          const start = `http://stranger.example:${port}/`
          const reached = reach(start, answering([STRANGER]))
          if (name === 'what posts webhooks') assert.equal(await reached, 302, url)
          else await assert.rejects(reached, FetchRefused, `followed: ${url}`)
        }
        redirectTo = ''
      })
    })
  }
})

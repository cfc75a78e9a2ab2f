import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { parseAllowedPrivate } from './address-rules.ts'
import type { LookUp } from './checked-look-up.ts'
import { FetchRefused } from './fetch-refused.ts'
import { createSafePost, type SafePost } from './safe-post.ts'

const LIMITS = { timeoutMs: 2_000, maxBytes: 1_024 }
const REQUEST = { headers: { 'content-type': 'application/json', 'x-mark': 'm' }, body: '{"é":1}' }
const NEVER = new AbortController().signal

const LOOPBACK: LookUp = (_hostname, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }])

describe('a POST to a stranger’s URL', () => {
  let server: Server
  let garbage: Server
  let origin: string
  let port: number
  const seen: { method: string; url: string; headers: Record<string, unknown>; body: string; socket: number }[] = []
  const inside = createSafePost(parseAllowedPrivate('127.0.0.1'))
  const strict = createSafePost(parseAllowedPrivate(''))

  before(async () => {
    const http = createHttpServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socket: request.socket.remotePort ?? 0,
      })
      const path = (request.url ?? '').split('?')[0]
      if (path === '/ok') response.end('thanks')
      else if (path === '/hop') response.writeHead(307, { location: '/ok' }).end()
      else if (path === '/big') response.end(Buffer.alloc(5_000_000, 'x'))
      else if (path === '/endless') response.writeHead(200).write('begun')
      else if (path === '/broken') {
        response.writeHead(202, { 'content-length': '100' }).write('half')
        setImmediate(() => request.socket.destroy())
      } else if (path === '/reset') request.socket.destroy()
    })
    server = http
    garbage = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.end('220 mail.example.com\r\n')
    })
    await Promise.all([server, garbage].map((each) => new Promise<void>((done) => each.listen(0, '127.0.0.1', done))))
    port = (server.address() as AddressInfo).port
    origin = `http://127.0.0.1:${port}`
  })
  after(() => {
    ;(server as ReturnType<typeof createHttpServer>).closeAllConnections()
    server.close()
    garbage.close()
  })

  const refusal = async (post: SafePost, url: string, limits = LIMITS): Promise<string> => {
    try {
      await post(url, REQUEST, limits, NEVER)
    } catch (error) {
      assert.ok(error instanceof FetchRefused, String(error))
      return error.message
    }
    return 'not refused'
  }

  it('arrives as it was given, on a connection of its own', async () => {
    seen.length = 0
    for (let time = 0; time < 2; time += 1) await inside(`${origin}/ok?a=%20b`, REQUEST, LIMITS, NEVER)
    const [first, second] = seen
    assert.deepEqual([first?.method, first?.url, first?.body], ['POST', '/ok?a=%20b', REQUEST.body])
    assert.equal(first?.headers['x-mark'], 'm')
    assert.equal(first?.headers['content-length'], '8')
    assert.notEqual(first?.socket, second?.socket)
  })

  it('follows no redirect', async () => {
    seen.length = 0
    assert.equal((await inside(`${origin}/hop`, REQUEST, LIMITS, NEVER)).status, 307)
    assert.deepEqual(
      seen.map(({ url }) => url),
      ['/hop'],
    )
  })

  it('refuses private targets, literal and looked up, also beside a public address', async () => {
    assert.match(await refusal(strict, `${origin}/ok`), /private/)
    assert.match(await refusal(strict, `http://localhost:${port}/ok`), /private/)
    assert.match(await refusal(strict, `http://[::ffff:127.0.0.1]:${port}/ok`), /private/)
    for (const addresses of [['127.0.0.1'], ['93.184.216.34', '169.254.169.254'], ['fd00::1', '1.1.1.1']]) {
      const rebound = createSafePost(parseAllowedPrivate(''), (_hostname, _options, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
      )
      assert.match(await refusal(rebound, 'http://rebinding.example/'), /private/)
    }
  })

  it('shows the words of no private target, however it was named', async () => {
    assert.deepEqual(await inside(`${origin}/ok`, REQUEST, LIMITS, NEVER), { status: 200, excerpt: null })
    const named = createSafePost(parseAllowedPrivate('hook.example'), LOOPBACK)
    const url = `http://hook.example:${port}/ok`
    assert.deepEqual(await named(url, REQUEST, LIMITS, NEVER), { status: 200, excerpt: null })
  })

  it('reads the start of what a public target answers, whether its body is long, stalls or breaks', async () => {
    const asPublic = createSafePost(parseAllowedPrivate('hook.example'), LOOPBACK, () => true)
    const read = async (path: string): Promise<string> => {
      const { status, excerpt } = await asPublic(
        `http://hook.example:${port}${path}`,
        REQUEST,
        { ...LIMITS, timeoutMs: 300 },
        NEVER,
      )
      return `${status} ${excerpt}`
    }
    assert.equal(await read('/ok'), '200 thanks')
    assert.equal(await read('/hop'), '307 ')
    assert.equal(await read('/big'), `200 ${'x'.repeat(1_024)}`)
    assert.equal(await read('/broken'), '202 half')
    assert.equal(await read('/endless'), '200 begun')
  })

  it('says why there was no answer, without addresses', async () => {
    assert.equal(await refusal(inside, `${origin}/silent`, { ...LIMITS, timeoutMs: 200 }), 'it did not answer in time')
    assert.equal(await refusal(inside, `${origin}/reset`), 'the connection was closed without an answer')
    assert.equal(await refusal(inside, `https://127.0.0.1:${port}/ok`), 'its TLS certificate is not accepted')
    const { port: talker } = garbage.address() as AddressInfo
    assert.equal(await refusal(inside, `http://127.0.0.1:${talker}/`), 'its answer is not HTTP')
    assert.equal(await refusal(inside, 'http://127.0.0.1:1/'), 'the connection was refused')
    const unknown = createSafePost(parseAllowedPrivate(''), (_hostname, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), []),
    )
    assert.equal(await refusal(unknown, 'http://nowhere.example/'), 'its host name is not known')
  })

  it('hangs in no look-up', async () => {
    const stuck = createSafePost(parseAllowedPrivate(''), () => {})
    assert.equal(
      await refusal(stuck, 'http://slow-dns.example/', { ...LIMITS, timeoutMs: 100 }),
      'it did not answer in time',
    )
  })

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController()
    const sent = inside(`${origin}/silent`, REQUEST, LIMITS, controller.signal)
    controller.abort(new Error('the node stops'))
    await assert.rejects(sent, /the node stops/)
  })
})

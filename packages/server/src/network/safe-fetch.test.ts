import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { parseAllowedPrivate } from './address-rules.ts'
import { FetchRefused } from './fetch-refused.ts'
import { createSafeFetch, type SafeFetch } from './safe-fetch.ts'

const LIMITS = { maxBytes: 1_000, timeoutMs: 20_000, maxRedirects: 2 }
/** For what never answers; a busy machine may take longer for what does. */
const BRIEF = { ...LIMITS, timeoutMs: 300 }
const NEVER = new AbortController().signal

describe('fetching a stranger’s URL', () => {
  let server: Server
  let origin: string
  let folder: string
  let path: string
  let inside: SafeFetch
  let strict: SafeFetch

  before(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x')
      if (pathname === '/ok') response.end('hello')
      else if (pathname === '/bytewise') {
        for (const byte of 'x'.repeat(100)) response.write(byte)
        response.end()
      } else if (pathname === '/announced') response.writeHead(200, { 'content-length': 2_000 }).write('x')
      else if (pathname === '/missing') response.writeHead(404).end('nothing')
      else if (pathname === '/big') response.end('x'.repeat(2_000))
      else if (pathname === '/endless') response.write('x'.repeat(100))
      else if (pathname === '/hop') response.writeHead(302, { location: '/ok' }).end()
      else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end()
      else if (pathname === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
      else if (pathname === '/by-name') response.writeHead(302, { location: 'http://localhost:1/' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    folder = mkdtempSync(join(tmpdir(), 'clipia-fetch-'))
    path = join(folder, 'file')
    inside = createSafeFetch(parseAllowedPrivate('127.0.0.1'))
    strict = createSafeFetch(parseAllowedPrivate(''))
  })
  after(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([inside.close(), strict.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  const refusal = async (fetch: SafeFetch, url: string, limits = LIMITS): Promise<string> => {
    try {
      await fetch.download(url, path, limits, NEVER)
    } catch (error) {
      assert.ok(error instanceof FetchRefused)
      return error.message
    }
    return 'not refused'
  }

  it('brings the bytes, over redirects too', async () => {
    for (const target of ['/ok', '/hop']) {
      await inside.download(`${origin}${target}`, path, LIMITS, NEVER)
      assert.equal(readFileSync(path, 'utf8'), 'hello')
    }
  })

  it('refuses private targets, literal and looked up, at first and behind a redirect', async () => {
    assert.match(await refusal(strict, `${origin}/ok`), /private/)
    assert.match(await refusal(strict, 'http://localhost:1/'), /private/)
    assert.match(await refusal(inside, `${origin}/inside`), /private/)
    assert.match(await refusal(inside, `${origin}/by-name`), /private/)
  })

  it('refuses a name whose address is private only when it is looked up', async () => {
    const rebound = createSafeFetch(parseAllowedPrivate(''), (_hostname, _options, callback) =>
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
    )
    assert.match(await refusal(rebound, 'http://rebinding.example/'), /private/)
    await rebound.close()
  })

  it('bounds size, time and redirects', async () => {
    assert.match(await refusal(inside, `${origin}/big`), /larger than 1000 bytes/)
    assert.match(await refusal(inside, `${origin}/endless`, BRIEF), /in time/)
    assert.match(await refusal(inside, `${origin}/silent`, BRIEF), /in time/)
    assert.match(await refusal(inside, `${origin}/loop`), /redirected/)
    assert.match(await refusal(inside, `${origin}/missing`), /404/)
  })

  it('refuses at once what announces to be too large', async () => {
    assert.match(await refusal(inside, `${origin}/announced`), /larger than 1000 bytes/)
  })

  it('lets the first bytes decide how much is taken, however they are cut', async () => {
    const heads: string[] = []
    const fetchWith = (pathname: string, most: number) => {
      const admit = (head: Buffer) => {
        heads.push(head.toString())
        return most
      }
      return inside.download(`${origin}${pathname}`, path, { ...LIMITS, admit }, NEVER)
    }
    await fetchWith('/bytewise', 100)
    await fetchWith('/ok', 100)
    assert.deepEqual(heads, ['x'.repeat(64), 'hello'])
    await assert.rejects(fetchWith('/bytewise', 99), /larger than 99 bytes/)
    await assert.rejects(fetchWith('/ok', 4), /larger than 4 bytes/)
  })

  it('stops at the first bytes when they are not wanted', async () => {
    const admit = () => {
      throw new FetchRefused('it is a web page')
    }
    const limits = { ...LIMITS, maxBytes: 1e9, timeoutMs: 20_000, admit }
    await assert.rejects(inside.download(`${origin}/endless`, path, limits, NEVER), /a web page/)
  })
})

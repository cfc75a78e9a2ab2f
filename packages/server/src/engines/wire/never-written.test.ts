import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { answer, hangUp, startScriptedServer } from '../testing/scripted-server.ts'
import { neverWrittenCode } from './never-written.ts'

async function listen(onConnection: (socket: Socket) => void): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => onConnection(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function failureOf(url: string, signal?: AbortSignal): Promise<unknown> {
  return fetch(url, { method: 'POST', body: '{}', ...(signal !== undefined && { signal }) }).then(
    () => assert.fail('it was answered'),
    (error: unknown) => error,
  )
}

test('a refused connection proves that nothing was written, by address and by name', async () => {
  const { server, address } = await listen(() => {})
  server.close()
  await once(server, 'close')
  assert.equal(neverWrittenCode(await failureOf(`http://${address}/jobs`)), 'ECONNREFUSED')
  const byName = `http://localhost:${address.split(':')[1]}/jobs`
  assert.equal(neverWrittenCode(await failureOf(byName)), 'ECONNREFUSED')
})

test('a name that does not resolve proves that nothing was written', async () => {
  const code = neverWrittenCode(await failureOf('http://nowhere.invalid/jobs'))
  assert.match(String(code), /^(ENOTFOUND|EAI_AGAIN)$/)
})

test('several addresses prove it only when every one of them was refused', () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
  const broken = Object.assign(new Error('broken'), { code: 'ECONNRESET', syscall: 'read' })
  const failed = (errors: Error[]) => new TypeError('fetch failed', { cause: new AggregateError(errors) })
  assert.equal(neverWrittenCode(failed([refused, refused])), 'ECONNREFUSED')
  assert.equal(neverWrittenCode(failed([refused, broken])), null)
  assert.equal(neverWrittenCode(failed([])), null)
})

test('a connect time-out and a refused certificate prove it', () => {
  for (const code of ['UND_ERR_CONNECT_TIMEOUT', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    const cause = Object.assign(new Error('no'), { code })
    assert.equal(neverWrittenCode(new TypeError('fetch failed', { cause })), code)
  }
})

test('a connection reset or closed once the request was read proves nothing', async () => {
  for (const end of ['resetAndDestroy', 'destroy'] as const) {
    const { server, address } = await listen((socket) => socket.once('data', () => void socket[end]()))
    assert.equal(neverWrittenCode(await failureOf(`http://${address}/jobs`)), null)
    server.close()
  }
})

test('a TLS handshake that breaks off proves nothing', async () => {
  const { server, address } = await listen((socket) => void socket.destroy())
  assert.equal(neverWrittenCode(await failureOf(`https://${address}/jobs`)), null)
  server.close()
})

test('a time-out after the request was read proves nothing', async () => {
  const abort = new AbortController()
  const { server, address } = await listen((socket) => void socket.once('data', () => abort.abort()))
  assert.equal(neverWrittenCode(await failureOf(`http://${address}/jobs`, abort.signal)), null)
  server.close()
})

test('a request lost on a reused connection proves nothing, although nobody listens any more', async () => {
  await using server = await startScriptedServer(answer(200, {}), (response, request) => {
    server.stopListening()
    hangUp(response, request)
  })
  await (await fetch(`${server.url}/warm`)).text()
  assert.equal(neverWrittenCode(await failureOf(`${server.url}/jobs`)), null)
  assert.equal(server.received.length, 2)
  assert.equal(neverWrittenCode(await failureOf(`${server.url}/jobs`)), 'ECONNREFUSED')
})

test('a port that fetch refuses to dial proves that nothing was written', async () => {
  assert.equal(neverWrittenCode(await failureOf('http://127.0.0.1:9/jobs')), 'bad port')
})

test('what is no error of fetch proves nothing', () => {
  for (const value of [null, 'ECONNREFUSED', {}, new Error('refused'), new TypeError('fetch failed')]) {
    assert.equal(neverWrittenCode(value), null)
  }
})

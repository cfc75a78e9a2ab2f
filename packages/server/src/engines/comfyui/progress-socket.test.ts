import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { test } from 'node:test'
import { waitFor } from '../../testing/wait-for.ts'
import { createProgressSocket } from './progress-socket.ts'

/** A text frame of a server, of at most 125 bytes. */
function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)])
}

async function startSocketServer() {
  const sockets: Socket[] = []
  const requests: { url: string | undefined; authorization: string | undefined }[] = []
  const server = createServer().on('upgrade', ({ url, headers }, socket: Socket) => {
    const key = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key.digest('base64')}\r\n\r\n`,
    )
    socket.on('error', () => {})
    requests.push({ url, authorization: headers.authorization })
    sockets.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const end = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { baseUrl, sockets, requests, end }
}

test('the socket tells how far a prompt is, never less than before, never done', async () => {
  const server = await startSocketServer()
  const socket = createProgressSocket({ ...server, clientId: 'c-1', headers: { authorization: 'Bearer t' } })
  socket.listen()
  socket.listen()
  await waitFor('the connection', () => server.sockets.length > 0)
  assert.deepEqual(server.requests, [{ url: '/ws?clientId=c-1', authorization: 'Bearer t' }])
  const say = (data: object, type = 'progress') => server.sockets[0]?.write(frame(JSON.stringify({ type, data })))
  assert.equal(socket.percentOf('p'), null)
  say({ prompt_id: 'p', value: 5, max: 20 })
  await waitFor('25 percent', () => socket.percentOf('p') === 25)
  say({ prompt_id: 'p', value: 1, max: 20 })
  say({ prompt_id: 'p', value: 1, max: 0 })
  say({ prompt_id: 'p', value: 9, max: 9 }, 'executing')
  server.sockets[0]?.write(frame('no JSON'))
  say({ prompt_id: 'q', value: 20, max: 20 })
  await waitFor('the last message', () => socket.percentOf('q') === 99)
  assert.equal(socket.percentOf('p'), 25)
  socket.close()
  server.end()
})

test('a socket that broke is opened again by the next look, and one that cannot open harms nothing', async () => {
  const server = await startSocketServer()
  const socket = createProgressSocket({ ...server, clientId: 'c-1', headers: {} })
  socket.listen()
  await waitFor('the connection', () => server.sockets.length === 1)
  server.sockets[0]?.destroy()
  await waitFor('another connection', () => {
    socket.listen()
    return server.sockets.length === 2
  })
  socket.close()
  server.end()
  const nobody = createProgressSocket({ baseUrl: 'http://127.0.0.1:9', clientId: 'c', headers: {} })
  nobody.listen()
  nobody.close()
  assert.equal(nobody.percentOf('p'), null)
})

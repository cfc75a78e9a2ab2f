import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { parseAllowedPrivate } from './address-rules.ts'
import { FetchRefused } from './fetch-refused.ts'
import { createSafePost } from './safe-post.ts'

const LIMITS = { timeoutMs: 500, maxBytes: 1_024 }
const OK = 'HTTP/1.1 200 OK\r\n'

/** Says something, and then another thing again and again until the other side has gone. */
function keepSaying(socket: Socket, first: string, text: string): void {
  socket.write(first)
  const timer = setInterval(() => socket.write(text), 10)
  socket.on('close', () => clearInterval(timer))
}

const LATE = 'it did not answer in time'
const NO_HTTP = 'its answer is not HTTP'

/** What a receiver does once it has been sent something, and what that comes to. */
const ANSWERS: readonly [string, (socket: Socket) => void, string][] = [
  [
    'another protocol',
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    '101',
  ],
  ['another protocol that is not named', (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'), '101'],
  ['an offer of another protocol', (socket) => socket.write(`${OK}Upgrade: x\r\nConnection: Upgrade\r\n\r\n`), '200'],
  ['hints without an end', (socket) => keepSaying(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)), LATE],
  ['hints, and an answer', (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${OK}\r\n`), '200'],
  ['headers without an end', (socket) => keepSaying(socket, OK, 'x: y\r\n'), LATE],
  ['a header of a megabyte', (socket) => socket.write(`${OK}x: ${'y'.repeat(1_000_000)}\r\n\r\n`), NO_HTTP],
  ['a body in drops', (socket) => keepSaying(socket, `${OK}\r\n`, 'x'), '200'],
  ['a body of another length', (socket) => socket.end(`${OK}content-length: 100\r\n\r\nx`), '200'],
  ['a body in pieces that are none', (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\n`), '200'],
  ['two answers', (socket) => socket.write(`${OK}content-length: 0\r\n\r\nHTTP/1.1 500 No\r\n\r\n`), '200'],
  ['a status nobody knows', (socket) => socket.write('HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n'), '999'],
  ['a status that is none', (socket) => socket.write('HTTP/1.1 99 What\r\n\r\n'), NO_HTTP],
  ['empty lines', (socket) => socket.write('\r\n\r\n\r\n'), LATE],
  ['goodbye', (socket) => socket.end(), 'the connection was closed without an answer'],
]

describe('a receiver that answers a POST as it should not', () => {
  let server: Server
  let act: (socket: Socket) => void
  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => act(socket))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(() => server.close())

  for (const [what, answer, expected] of ANSWERS) {
    it(`keeps nobody longer than the time it has: ${what}`, async () => {
      act = answer
      const post = createSafePost(parseAllowedPrivate('127.0.0.1'))
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const sent = post(url, { headers: {}, body: '{}' }, LIMITS, new AbortController().signal)
      const outcome = await sent.then(
        ({ status }) => String(status),
        (error: unknown) => (error instanceof FetchRefused ? error.message : Promise.reject(error)),
      )
      assert.equal(outcome, expected)
    })
  }
})

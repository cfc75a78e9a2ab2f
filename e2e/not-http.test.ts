import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startClipia } from './testing/start-clipia.ts'

test('what is not even HTTP gets the same kind of error as everything else', async () => {
  const clipia = await startClipia()
  const port = Number(new URL(clipia.url).port)
  for (const [sent, status] of [
    ['FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `))
    assert.match(head, /X-Request-Id: [0-9a-f-]{36}/)
    assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, 'invalid_request')
  }
  assert.equal(await clipia.stop(), 0)
})

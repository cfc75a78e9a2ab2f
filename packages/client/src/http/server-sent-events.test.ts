import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'

async function readAll(bytes: Uint8Array, chunkSize: number): Promise<ServerSentEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += chunkSize) controller.enqueue(bytes.subarray(at, at + chunkSize))
      controller.close()
    },
  })
  const all: ServerSentEvent[] = []
  for await (const event of readServerSentEvents(stream)) all.push(event)
  return all
}

test('events are read the same however the bytes are cut and whatever the line ends are', async () => {
  const text = [
    'retry: 1000',
    '',
    ': a comment',
    'event: status',
    'id: 7',
    'data: {"prompt":"雪 🎞"}',
    '',
    'data:two',
    'data: lines',
    '',
    'event: without data',
    '',
    'data',
    '',
    'id: a\0b',
    'data: x',
    '',
    'data: cut off',
  ]
  const expected = [
    { event: 'status', data: '{"prompt":"雪 🎞"}', id: '7' },
    { event: 'message', data: 'two\nlines', id: '7' },
    { event: 'message', data: '', id: '7' },
    { event: 'message', data: 'x', id: '7' },
  ]
  for (const lineEnd of ['\n', '\r\n', '\r']) {
    const bytes = new TextEncoder().encode(text.join(lineEnd))
    for (const chunkSize of [1, 2, 3, 7, 1_000]) assert.deepEqual(await readAll(bytes, chunkSize), expected)
  }
})

test('a reader that stops early lets go of the stream', async () => {
  let isCanceled = false
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
    cancel() {
      isCanceled = true
    },
  })
  for await (const { data } of readServerSentEvents(stream)) {
    assert.equal(data, 'x')
    break
  }
  assert.ok(isCanceled)
})

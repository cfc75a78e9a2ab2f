/**
 * What does an open stream of server-sent events keep in memory, and how soon is a watcher told while 5,000 streams are open
 * and others submit? The reference is a bare node:http server with as many open answers.
 *
 * `node bench/streams.ts [--short]` (1,000 streams in the short form); needs as many open files. Goals: below 10 KB a stream, and
 * a p99 below 100 ms from the call that cancels a request to the event at its watcher.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DATABASES } from '../packages/server/src/testing/databases.ts'
import { listen } from '../packages/server/src/testing/open-events.ts'
import { createTestApp, type TestApp } from '../packages/server/src/testing/test-app.ts'
import { type Finding, IS_SHORT, keepResult, percentile, print } from './measuring/report.ts'

/** What the client process is told to open. */
interface Order {
  port: number
  path: string
  key: string
  count: number
}

const EVENTS = IS_SHORT ? 200 : 1_000
const SUBMIT_EVERY_MS = 5

function open({ port, path, key }: Order, onEnd: () => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`)
    })
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      if (text.includes('IN_QUEUE')) resolve(socket)
      else if (text.includes('CANCELED')) onEnd()
    })
  })
}

/** The clients' process: opens, says so, and says when all were told of the end. */
async function runClient(order: Order): Promise<void> {
  const sockets: Socket[] = []
  let told = 0
  for (let opened = 0; opened < order.count; opened += 100) {
    const batch = Array.from({ length: 100 }, () =>
      open(order, () => {
        told += 1
        if (told === order.count) process.send?.('told')
      }),
    )
    sockets.push(...(await Promise.all(batch)))
  }
  process.send?.('open')
  process.once('message', () => process.exit(0))
}

function said(client: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) => {
    client.on('message', (message) => {
      if (message === word) resolve()
    })
  })
}

async function startClient(order: Order): Promise<ChildProcess> {
  const client = fork(new URL(import.meta.url).pathname, ['client', JSON.stringify(order)])
  await said(client, 'open')
  return client
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function keptBytes(): Promise<number> {
  for (let round = 0; round < 6; round += 1) {
    collectGarbage()
    await delay(50)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Kilobytes a stream, after as many were opened and closed once to warm up. */
async function measure(order: Order): Promise<{ kilobytes: number; client: ChildProcess }> {
  const warm = await startClient({ ...order, count: 1_000 })
  warm.send('leave')
  await delay(500)
  const before = await keptBytes()
  const client = await startClient(order)
  return { kilobytes: ((await keptBytes()) - before) / order.count / 1_024, client }
}

async function run(count: number): Promise<void> {
  const answers = new Set<ServerResponse>()
  const bare = createServer((_request, response) => {
    answers.add(response)
    response.on('close', () => answers.delete(response))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: IN_QUEUE\n\n')
  })
  await new Promise<void>((resolve) => void bare.listen(0, '127.0.0.1', resolve))
  const reference = await measure({ port: (bare.address() as AddressInfo).port, path: '/', key: '-', count })
  reference.client.send('leave')
  bare.close()

  const [sqlite] = DATABASES
  if (sqlite === undefined) throw new Error('no database')
  const test = await createTestApp(sqlite)
  const { body } = await test.submit('canvas-1', { prompt: 'x' })
  const path = `/v1/requests/${body.request_id}/events`
  const port = Number(new URL(await listen(test)).port)
  const { kilobytes, client } = await measure({ port, path, key: test.liveKey, count })
  print(`${count} streams: ${kilobytes.toFixed(1)} KB each; bare node:http ${reference.kilobytes.toFixed(1)} KB`)

  const latencies = await measureEvents(test)
  const told = said(client, 'told')
  const startedAt = performance.now()
  await test.call('POST', `/v1/requests/${body.request_id}/cancel`)
  await told
  print(`all ${count} told ${(performance.now() - startedAt).toFixed(0)} ms after the cancel was asked for`)
  client.send('leave')
  await test.close()
  const p99Ms = percentile(latencies, 0.99)
  const findings: Finding[] = [
    {
      question: `memory of an open stream, ${count} streams`,
      ours: `${kilobytes.toFixed(1)} KB`,
      reference: `bare node:http ${reference.kilobytes.toFixed(1)} KB`,
      ratio: kilobytes / reference.kilobytes,
      goal: '< 10 KB',
      isReached: kilobytes < 10,
    },
    {
      question: `event latency with ${count} streams open, while submitting`,
      ours: `p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
      reference: '',
      ratio: null,
      goal: 'p99 < 100 ms',
      isReached: p99Ms < 100,
    },
  ]
  keepResult('streams', findings, { kilobytes, bareKilobytes: reference.kilobytes, latencies })
}

/** From the call that cancels a request to the event at the stream that watches it, while others submit; in milliseconds. */
async function measureEvents(test: TestApp): Promise<number[]> {
  const url = await listen(test)
  const latencies: number[] = []
  let isOver = false
  const submitting = (async () => {
    while (!isOver) {
      await test.submit('canvas-1', { prompt: 'meanwhile' }, { key: test.testKey })
      await delay(SUBMIT_EVERY_MS)
    }
  })()
  for (let index = 0; index < EVENTS; index += 1) {
    const { body } = await test.submit('canvas-1', { prompt: 'x' })
    const path = `/v1/requests/${body.request_id}`
    let onEnd = () => {}
    const ended = new Promise<void>((resolve) => {
      onEnd = resolve
    })
    const order = { port: Number(new URL(url).port), path: `${path}/events`, key: test.liveKey, count: 1 }
    const socket = await open(order, () => onEnd())
    const askedAt = performance.now()
    await Promise.all([test.call('POST', `${path}/cancel`), ended])
    latencies.push(performance.now() - askedAt)
    socket.destroy()
  }
  isOver = true
  await submitting
  return latencies
}

const [role, order] = process.argv.slice(2)
if (role === 'client') await runClient(JSON.parse(order ?? '') as Order)
else await run(IS_SHORT ? 1_000 : 5_000)

/** The load: keeps connections busy, one request at a time on each, and reports what was answered. Bounded by its order. */
import { connect, type Socket } from 'node:net'
import type { LoadOrder, LoadReport } from './load.ts'

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** The bytes of one answer at the start of `data`, or 0 while some are missing. */
function lengthOfAnswer(data: Buffer): number {
  const end = data.indexOf(HEAD_END)
  if (end < 0) return 0
  const head = data.toString('latin1', 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (/\r\ntransfer-encoding: chunked/i.test(head)) return data.indexOf(LAST_CHUNK, end) < 0 ? 0 : data.length
  const total = end + 4 + Number(length ?? 0)
  if (length === undefined && !/^HTTP\/1\.1 (204|304)/.test(head)) throw new Error(`an answer without length: ${head}`)
  return data.length >= total ? total : 0
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const latencies: number[] = []
  let failure: Error | null = null
  let next = 0
  const startedAt = performance.now()
  const endsAt = startedAt + order.durationMs

  const drive = () =>
    new Promise<void>((resolve) => {
      const socket: Socket = connect(order.port, '127.0.0.1')
      socket.setNoDelay(true)
      let sentAt = 0
      let pending: Buffer | null = null
      const send = () => {
        if (performance.now() >= endsAt || failure !== null) return void socket.end()
        next = (next + 1) % order.requests.length
        sentAt = performance.now()
        socket.write(order.requests[next] ?? '', 'latin1')
      }
      socket.on('connect', send)
      socket.on('error', (error) => {
        failure ??= error
      })
      socket.on('close', resolve)
      socket.on('data', (chunk: Buffer) => {
        const data: Buffer = pending === null ? chunk : Buffer.concat([pending, chunk])
        const length = lengthOfAnswer(data)
        pending = length === 0 ? data : null
        if (length === 0) return
        const status = Number(data.toString('latin1', 9, 12))
        if (status !== order.status) failure ??= new Error(`${status}: ${data.toString('latin1', 0, 1_000)}`)
        latencies.push(performance.now() - sentAt)
        send()
      })
    })

  await Promise.all(Array.from({ length: order.connections }, drive))
  if (failure !== null) throw failure
  const seconds = (performance.now() - startedAt) / 1_000
  latencies.sort((left, right) => left - right)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { count: latencies.length, perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))

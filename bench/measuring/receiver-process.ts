/** A receiver of webhooks: one port on several addresses of loopback; on some of them nothing is ever answered. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ReceiverOrder } from './receiver.ts'

const { healthy, hanging } = JSON.parse(process.argv[2] ?? '') as ReceiverOrder
let goal = Number.POSITIVE_INFINITY
let received = 0
const isHanging = new Set(hanging)

const server = createServer((request, response) => {
  if (isHanging.has(request.socket.localAddress ?? '')) return
  request.resume()
  request.on('end', () => {
    response.writeHead(200).end()
    received += 1
    if (received === goal) process.send?.('all received')
  })
})
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address() as AddressInfo
  process.send?.([...healthy, ...hanging].map((address) => `http://${address}:${port}/hook`))
})
process.on('message', (count: number) => {
  goal = count
})
process.on('disconnect', () => process.exit(0))

/** The reference: a bare node:http server that parses what it is sent and answers the same bytes every time. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BareAnswer } from './bare-server.ts'

const { status, headers, body } = JSON.parse(process.argv[2] ?? '') as BareAnswer

const server = createServer((request, response) => {
  const answer = () => void response.writeHead(status, headers).end(body ?? undefined)
  if (request.method !== 'POST') return answer()
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (part: string) => {
    text += part
  })
  request.on('end', () => {
    JSON.parse(text)
    answer()
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))

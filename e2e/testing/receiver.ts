import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook as it arrived; `atMs` in epoch milliseconds. */
export interface Received {
  atMs: number
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver of webhooks on a port of its own, which keeps no process alive. */
export interface Receiver {
  url: string
  received: Received[]
  /** Answers a webhook; 200 unless the test sets another. */
  react: (response: ServerResponse) => void
}

/** Starts a receiver on the loopback address. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    receiver.received.push({ atMs: Date.now(), headers: request.headers, body: Buffer.concat(chunks).toString() })
    receiver.react(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    react: (response) => response.end(),
  }
  return receiver
}

/** Checks both signatures of a webhook as their documents say, with a secret `whsec_...`. */
export function areSignaturesRight({ headers, body }: Received, secret: string): boolean {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-clipia-signature'])) ?? []
  const ours = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const standard = `v1,${createHmac('sha256', key).update(content).digest('base64')}`
  return v1 === ours && String(headers['webhook-signature']).split(' ').includes(standard)
}

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { accountOf, generate } from './testing/api.ts'
import { type Child, CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

const received: { headers: IncomingHttpHeaders; body: string }[] = []
const receiver = createServer(async (request, response) => {
  received.push({ headers: request.headers, body: (await buffer(request)).toString() })
  response.writeHead(request.url === '/hook' ? 204 : 404).end()
})

let clipia: Clipia
let secret = ''
let listening: Child
before(async () => {
  clipia = await startClipia()
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { account_id: account } = await accountOf(clipia.live)
  secret =
    (await clipia.admin('webhooks', 'secret', '--account', account, '--mode', 'live')).stdout.match(/whsec_\S+/)?.[0] ??
    ''
  const { port } = receiver.address() as AddressInfo
  const args = [CLIPIA_COMMAND, 'listen', '--forward', `http://127.0.0.1:${port}/hook`]
  listening = startProcess(process.execPath, args, { CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url })
  await opened(1)
})
after(async () => {
  receiver.close()
  await clipia.stop()
})

/** Waits until the stream was open so many times. */
const opened = (times: number) =>
  waitFor('an open stream', () => listening.stderr().match(/Passing webhooks on to /g)?.length === times || undefined)

async function assertReceived(requestId: string): Promise<void> {
  const webhook = await waitFor('the webhook', () => received.find(({ body }) => body.includes(requestId)))
  const signature = String(webhook.headers['x-clipia-signature'])
  const [, time, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? assert.fail(signature)
  assert.equal(hex, createHmac('sha256', secret).update(`${time}.${webhook.body}`).digest('hex'))
  assert.equal(webhook.headers['content-type'], 'application/json')
  assert.equal(JSON.parse(webhook.body).status, 'OK')
}

test('listen passes every webhook on unaltered and signed, and goes on after a restart of the server', async () => {
  const first = await generate(clipia.live, 'canvas-1', { prompt: 'Heard' })
  await assertReceived(first.request_id)
  const { port } = new URL(clipia.url)
  assert.equal(await clipia.stop(), 0)
  clipia = await startClipia({ dataDir: clipia.dataDir, environment: { ...clipia.environment, CLIPIA_PORT: port } })
  const second = await generate(clipia.live, 'canvas-1', { prompt: 'Heard again' })
  await assertReceived(second.request_id)
  await opened(2)

  listening.process.kill('SIGINT')
  const { code, stdout } = await listening.ended
  assert.equal(code, 0)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    lines.map(({ body, forwarded }) => [JSON.parse(body).request_id, forwarded]),
    [
      [first.request_id, '204'],
      [second.request_id, '204'],
    ],
  )
  assert.equal(received.length, 2, 'nothing was passed on twice')
})

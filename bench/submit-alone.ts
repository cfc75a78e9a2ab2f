/**
 * How long does one submit take, alone? The reference is a gateway that keeps nothing: Portkey's, forwarding the same
 * JSON to a stub on loopback that answers at once. Both have the same core, in turns; one connection, one request at a time.
 *
 * `node bench/submit-alone.ts [--short]`. Goal: a lower p50 than the gateway's, though every submit is synced to disk.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { freePort } from '../scripts/free-port.ts'
import { startClipia } from './measuring/clipia-server.ts'
import { compareServers, ratioOf } from './measuring/compare-servers.ts'
import { startLoad, toWire } from './measuring/load.ts'
import { startPinned } from './measuring/pinned-process.ts'
import { readProcess } from './measuring/read-process.ts'
import { IS_SHORT, keepResult } from './measuring/report.ts'
import { SUBMISSION, submitOnWire } from './measuring/submission.ts'
import { peerFile } from './peers/peers.ts'

const [rounds, durationMs] = IS_SHORT ? [5, 1_500] : [15, 4_000]
const COMPLETION = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
})

const stub = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(COMPLETION))
})
await new Promise<void>((resolve) => void stub.listen(0, '127.0.0.1', resolve))
const stubUrl = `http://127.0.0.1:${(stub.address() as AddressInfo).port}/v1`

const gatewayPort = await freePort()
const gatewayProgram = peerFile('@portkey-ai/gateway/build/start-server.js')
const gateway = startPinned('measured', [gatewayProgram, `--port=${gatewayPort}`, '--headless'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  environment: { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
})
const gatewayRequest = toWire(
  'POST',
  '/v1/chat/completions',
  {
    authorization: 'Bearer x',
    'content-type': 'application/json',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': stubUrl,
  },
  JSON.stringify({ model: 'm', messages: [{ role: 'user', content: SUBMISSION.body }] }),
)
while (
  !(await fetch(`http://127.0.0.1:${gatewayPort}/`).then(
    () => true,
    () => false,
  ))
);

const clipia = await startClipia()
const load = startLoad()
const shape = { connections: 1, durationMs, status: 200 }
const summaries = await compareServers(
  load,
  [
    { name: 'clipia', server: clipia, order: { ...shape, requests: [submitOnWire(clipia.keys[0] ?? '')] } },
    {
      name: 'gateway',
      server: { port: gatewayPort, usage: () => readProcess(gateway.pid ?? 0), stop: async () => {} },
      order: { ...shape, requests: [gatewayRequest] },
    },
  ],
  rounds,
)
load.stop()
gateway.kill()
stub.close().closeAllConnections()
await clipia.stop()

const [ours, reference] = [summaries.get('clipia'), summaries.get('gateway')]
if (ours === undefined || reference === undefined) throw new Error('nothing was measured')
const describe = (of: typeof ours) => `p50 ${of.p50Ms.toFixed(2)} ms, p99 ${of.p99Ms.toFixed(2)} ms`
const finding = {
  question: 'one submit alone on SQLite',
  ours: describe(ours),
  reference: `Portkey's gateway, which keeps nothing: ${describe(reference)}`,
  ratio: 1 / ratioOf(ours, reference),
  goal: 'a lower p50',
  isReached: ours.p50Ms < reference.p50Ms,
}
keepResult('submit-alone', [finding], { ours, reference })

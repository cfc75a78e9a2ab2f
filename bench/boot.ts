/**
 * How long until a process is ready, and how much memory does it keep: idle, and after many requests? The reference is a bare
 * node:http server. The process is started as an operator starts it, with and without the compiled code that npm ci keeps.
 *
 * `node bench/boot.ts [--short]`. Goals: ready within 0.5 s, idle below 120 MB, and as much after 1,000,000 requests
 * (200,000 in the short form) as after the first tenth of them, within 1.15.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { startBare } from './measuring/bare-server.ts'
import { type ClipiaServer, startClipia } from './measuring/clipia-server.ts'
import { startLoad, toWire } from './measuring/load.ts'
import { type Finding, IS_SHORT, keepResult, median } from './measuring/report.ts'
import { SUBMISSION, submitByFetch } from './measuring/submission.ts'

const STARTS = IS_SHORT ? 5 : 15
const REQUESTS = IS_SHORT ? 200_000 : 1_000_000
const IDLE_AFTER_MS = 3_000

const residentOf = (server: Pick<ClipiaServer, 'usage'>) => server.usage()?.residentMb ?? Number.NaN

/** Starts it several times in turns with a bare server, and waits each time until it has nothing to do. */
async function measureStarts(environment: Record<string, string>) {
  const seen = { readyMs: [] as number[], idleMb: [] as number[], bareMs: [] as number[], bareMb: [] as number[] }
  for (let start = 0; start < STARTS; start += 1) {
    const clipia = await startClipia({ environment })
    await delay(IDLE_AFTER_MS)
    seen.readyMs.push(clipia.readyMs)
    seen.idleMb.push(residentOf(clipia))
    await clipia.stop()
    const beganAt = performance.now()
    const bare = await startBare({ status: 200, headers: {}, body: 'ok' })
    seen.bareMs.push(performance.now() - beganAt)
    seen.bareMb.push(residentOf(bare))
    await bare.stop()
  }
  return seen
}

/** Memory after a tenth of the requests, and after all: status reads and the catalogue, each as many. */
async function measureAfterRequests(): Promise<{ count: number; earlyMb: number; lateMb: number }> {
  const clipia = await startClipia()
  const [key = ''] = clipia.keys
  const submitted = await fetch(`${clipia.url}${SUBMISSION.path}`, submitByFetch(key))
  const { request_id: id } = (await submitted.json()) as { request_id: string }
  const headers = { authorization: `Bearer ${key}` }
  const requests = [toWire('GET', `/v1/requests/${id}/status`, headers), toWire('GET', '/v1/models/bench-1', headers)]
  const load = startLoad()
  let count = 0
  let earlyMb = Number.NaN
  while (count < REQUESTS) {
    count += (await load.run({ port: clipia.port, requests, connections: 32, durationMs: 2_000, status: 200 })).count
    if (Number.isNaN(earlyMb) && count >= REQUESTS / 10) earlyMb = residentOf(clipia)
  }
  const lateMb = residentOf(clipia)
  load.stop()
  await clipia.stop()
  return { count, earlyMb, lateMb }
}

const warm = await measureStarts({})
const cold = await measureStarts({ NODE_DISABLE_COMPILE_CACHE: '1' })
const memory = await measureAfterRequests()

const ms = (values: number[]) => `${Math.round(median(values))} ms`
const mb = (values: number[]) => `${Math.round(median(values))} MB`
const growth = memory.lateMb / memory.earlyMb
const findings: Finding[] = [
  {
    question: 'from the start of the process to its readiness',
    ours: `${ms(warm.readyMs)} (${ms(cold.readyMs)} without compiled code)`,
    reference: `bare node:http ${ms(warm.bareMs)}`,
    ratio: null,
    goal: '< 500 ms',
    isReached: median(warm.readyMs) < 500,
  },
  {
    question: 'idle memory',
    ours: `${mb(warm.idleMb)} (${mb(cold.idleMb)} without compiled code)`,
    reference: `bare node:http ${mb(warm.bareMb)}`,
    ratio: null,
    goal: '< 120 MB',
    isReached: median(warm.idleMb) < 120 && median(cold.idleMb) < 120,
  },
  {
    question: `memory after ${memory.count} requests`,
    ours: `${Math.round(memory.lateMb)} MB`,
    reference: `itself after a tenth of them: ${Math.round(memory.earlyMb)} MB`,
    ratio: growth,
    goal: 'flat: <= 1.15',
    isReached: growth <= 1.15,
  },
]
keepResult('boot', findings, { warm, cold, memory })

/**
 * What does a picture cost in processor time, and do status reads stay quick while films are rendered? Renders are processes of
 * their own with a lower priority; the reference of the reads is the same server while it renders nothing, before and after.
 *
 * `node bench/rendering.ts [--short]`. Goal: the p99 of status reads while four films render below three times the idle one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { type ClipiaServer, startClipia } from './measuring/clipia-server.ts'
import { startLoad, toWire } from './measuring/load.ts'
import { IS_SHORT, keepResult, median } from './measuring/report.ts'

const PICTURES = IS_SHORT ? 4 : 20
const STYLES = ['flow', 'aurora', 'grid', 'paper']
const FILMS = 4
const LOOK_EVERY_MS = 100
const MS_A_TICK = 10

const clipia = await startClipia({ isPinned: false })
const headers = { authorization: `Bearer ${clipia.keys[0]}` }

async function submit(model: string, input: object): Promise<string> {
  const answer = await fetch(`${clipia.url}/v1/models/${model}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ input }),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { request_id: string }).request_id
}

async function statusOf(id: string): Promise<string> {
  const answer = await fetch(`${clipia.url}/v1/requests/${id}/status`, { headers })
  return ((await answer.json()) as { status: string }).status
}

async function waitForEnd(id: string): Promise<void> {
  for (let status = ''; status !== 'COMPLETED'; status = await statusOf(id)) {
    if (status === 'FAILED') throw new Error('a render failed')
    await delay(LOOK_EVERY_MS)
  }
}

/** Processor time of the processes the server has started, in milliseconds: those that live and those that ended. */
function childrenCpuMs(server: ClipiaServer): number {
  const fieldsOf = (pid: string) => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
  }
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = fieldsOf(pid)
      if (fields[1] === server.pid) ticks += (fields[11] ?? 0) + (fields[12] ?? 0)
      if (Number(pid) === server.pid) ticks += (fields[13] ?? 0) + (fields[14] ?? 0)
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * MS_A_TICK
}

async function measurePictures(): Promise<number> {
  const megapixels = PICTURES * 1.048576
  await waitForEnd(await submit('canvas-1', { prompt: 'a first one warms up' }))
  const before = childrenCpuMs(clipia)
  for (let index = 0; index < PICTURES; index += 1) {
    await waitForEnd(await submit('canvas-1', { prompt: `picture ${index}`, style: STYLES[index % STYLES.length] }))
  }
  return (childrenCpuMs(clipia) - before) / 1_000 / megapixels
}

/** The reference of a picture: a drawing of a few shapes by librsvg, through sharp, as a PNG of the same size. */
async function measureReference(): Promise<number> {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024"><rect width="1024" height="1024" fill="navy"/><circle cx="512" cy="512" r="300" fill="gold"/><text x="200" y="900" font-size="90" fill="white">a lighthouse</text></svg>',
  )
  const before = process.cpuUsage()
  for (let index = 0; index < PICTURES; index += 1) await sharp(svg).png().toBuffer()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 / (PICTURES * 1.048576)
}

const load = startLoad()

/** The p99 of status reads over some seconds, from four connections. */
async function readStatus(id: string): Promise<number> {
  const requests = [toWire('GET', `/v1/requests/${id}/status`, headers)]
  const report = await load.run({ port: clipia.port, requests, connections: 4, durationMs: 1_500, status: 200 })
  return report.p99Ms
}

const secondsAMegapixel = await measurePictures()
const referenceSeconds = await measureReference()
const known = await submit('canvas-1', { prompt: 'read again and again' })
await waitForEnd(known)
const idle = [await readStatus(known), await readStatus(known), await readStatus(known)]
const films = await Promise.all(
  Array.from({ length: FILMS }, (_, index) => submit('motion-1', { prompt: `film ${index}`, resolution: '480p' })),
)
const busy: number[] = []
while ((await statusOf(films[FILMS - 1] ?? '')) !== 'COMPLETED') busy.push(await readStatus(known))
for (const film of films) await waitForEnd(film)
idle.push(await readStatus(known), await readStatus(known), await readStatus(known))
load.stop()
await clipia.stop()

const ratio = median(busy) / median(idle)
keepResult(
  'rendering',
  [
    {
      question: 'a picture of canvas-1, processor seconds a megapixel',
      ours: `${secondsAMegapixel.toFixed(2)} s, with its renditions`,
      reference: `three shapes by librsvg, as a PNG: ${referenceSeconds.toFixed(2)} s`,
      ratio: null,
      goal: 'known',
      isReached: true,
    },
    {
      question: 'status reads while four films render',
      ours: `p99 ${median(busy).toFixed(1)} ms`,
      reference: `itself, idle: p99 ${median(idle).toFixed(1)} ms`,
      ratio,
      goal: '< 3',
      isReached: ratio < 3,
    },
  ],
  { secondsAMegapixel, referenceSeconds, idle, busy },
)

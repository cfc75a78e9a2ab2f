/**
 * How many webhooks a second does a node sign, deliver and record, to seven hosts that answer? And how many of those when three
 * more hosts, with as many webhooks each, take connections and never answer? The reference is itself without them, in turns.
 *
 * `npm run bench -- webhooks [--full]`. Goal: 0.9 of the rate without hanging hosts.
 */
import { DATABASES } from '../packages/server/src/testing/databases.ts'
import { startWorkingApp } from '../packages/server/src/testing/working-app.ts'
import { BENCH_MODELS } from './measuring/clipia-server.ts'
import { startReceiver } from './measuring/receiver.ts'
import { type Finding, IS_SHORT, keepResult, median } from './measuring/report.ts'

const [rounds, eachHost] = IS_SHORT ? [4, 100] : [10, 500]
const HEALTHY = 7
const addresses = Array.from({ length: 10 }, (_, index) => `127.0.1.${index + 1}`)

/** Webhooks a second at the hosts that answer, from a full outbox until the last of theirs came in. */
async function deliver(kind: (typeof DATABASES)[number], isAnyHanging: boolean): Promise<number> {
  const database = kind.name === 'PostgreSQL' ? await kind.create({ isMigrated: false }) : null
  const app = await startWorkingApp({
    databaseUrl: database?.location ?? null,
    modelsDir: BENCH_MODELS,
    slug: 'canvas-1',
    engine: null,
  })
  const hanging = isAnyHanging ? addresses.slice(HEALTHY) : []
  const receiver = await startReceiver({ healthy: addresses.slice(0, HEALTHY), hanging })
  for (let index = 0; index < eachHost; index += 1) {
    // The sandbox is done at once, so its webhook is in the outbox.
    await Promise.all(receiver.urls.map((webhookUrl) => app.submit('x', { mode: 'test', webhookUrl })))
  }
  const count = HEALTHY * eachHost
  const received = receiver.receive(count)
  const beganAt = performance.now()
  app.startDeliveries()
  await received
  const perSecond = count / ((performance.now() - beganAt) / 1_000)
  await app.stop()
  receiver.stop()
  await database?.remove()
  return perSecond
}

const findings: Finding[] = []
const kept: Record<string, unknown> = {}
for (const kind of DATABASES) {
  const seen = { alone: [] as number[], hanging: [] as number[] }
  for (let round = 0; round <= rounds; round += 1) {
    const [alone, hanging] = [await deliver(kind, false), await deliver(kind, true)]
    // The first round warms up.
    if (round === 0) continue
    seen.alone.push(alone)
    seen.hanging.push(hanging)
  }
  const ratio = median(seen.hanging.map((perSecond, index) => perSecond / (seen.alone[index] ?? Number.NaN)))
  kept[kind.name] = seen
  findings.push({
    question: `webhooks while 3 of 10 hosts hang, ${kind.name}`,
    ours: `${Math.round(median(seen.hanging))}/s`,
    reference: `itself without hanging hosts ${Math.round(median(seen.alone))}/s`,
    ratio,
    goal: '>= 0.90',
    isReached: ratio >= 0.9,
  })
}
keepResult('webhooks', findings, kept)

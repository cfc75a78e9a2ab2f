/**
 * What do HTTP, the key, limits, validation and prices cost a submit on PostgreSQL? The reference is a bare script that sends the
 * same one statement over as many connections (8) from as many callers (64), in turns with us on the same database. Once with
 * 200 accounts, once with one, whose submits must wait for each other's balance.
 *
 * `npm run bench -- submit-postgres [--full]`. Goal: 0.7 of the script.
 */
import { DATABASES } from '../packages/server/src/testing/databases.ts'
import { startClipia } from './measuring/clipia-server.ts'
import { startLoad } from './measuring/load.ts'
import { nextMessage, startPinned } from './measuring/pinned-process.ts'
import { type Finding, IS_SHORT, keepResult, median } from './measuring/report.ts'
import { SUBMISSION, submitByFetch, submitOnWire } from './measuring/submission.ts'

const CALLERS = 64
const [rounds, durationMs] = IS_SHORT ? [5, 1_500] : [15, 4_000]
const kind = DATABASES.find(({ name }) => name === 'PostgreSQL')
if (kind === undefined) throw new Error('no PostgreSQL')
const load = startLoad()

/** Submits a second of ours and of the script, round by round. */
async function measure(accounts: number): Promise<{ ours: number[]; script: number[]; p99Ms: number[] }> {
  const database = await kind?.create({ isMigrated: false })
  if (database === undefined) throw new Error('no database')
  const environment = {
    CLIPIA_DATABASE_URL: database.location,
    CLIPIA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  const clipia = await startClipia({ environment, accounts })
  await fetch(`${clipia.url}${SUBMISSION.path}`, submitByFetch(clipia.keys[0] ?? ''))
  const script = startPinned('measured', [
    new URL('./measuring/bare-submit-process.ts', import.meta.url).pathname,
    database.location,
  ])
  await nextMessage(script)
  const order = { port: clipia.port, requests: clipia.keys.map(submitOnWire), connections: CALLERS, durationMs }
  const seen = { ours: [] as number[], script: [] as number[], p99Ms: [] as number[] }
  for (let round = 0; round <= rounds; round += 1) {
    const report = await load.run({ ...order, status: 200 })
    const answer = nextMessage<number>(script)
    script.send({ callers: CALLERS, durationMs })
    const perSecond = await answer
    // The first round warms up.
    if (round === 0) continue
    seen.ours.push(report.perSecond)
    seen.p99Ms.push(report.p99Ms)
    seen.script.push(perSecond)
  }
  script.disconnect()
  await clipia.stop()
  await database.remove()
  return seen
}

const findings: Finding[] = []
const kept: Record<string, unknown> = {}
for (const accounts of [200, 1]) {
  const { ours, script, p99Ms } = await measure(accounts)
  const ratio = median(ours.map((perSecond, index) => perSecond / (script[index] ?? Number.NaN)))
  kept[`${accounts} accounts`] = { ours, script, p99Ms }
  findings.push({
    question: `durable submit on PostgreSQL, ${accounts === 1 ? '1 account' : `${accounts} accounts`}`,
    ours: `${Math.round(median(ours))}/s, p99 ${median(p99Ms).toFixed(1)} ms`,
    reference: `the same statement by a bare script ${Math.round(median(script))}/s`,
    ratio,
    goal: '>= 0.70',
    isReached: ratio >= 0.7,
  })
}
load.stop()
keepResult('submit-postgres', findings, kept)

/**
 * How many submits a second does one process make durable on SQLite (key, limits, validation, price, charge, ledger, queue,
 * synced to disk), from 64 connections? The reference is a bare node:http server that parses the same JSON and answers
 * the same bytes; both have the same core, in turns.
 *
 * `node bench/submit-sqlite.ts [--short]`. Goals: 0.25 of bare, 10,000/s on a quiet core, p99 below 25 ms.
 */
import { recordAnswer, startBare } from './measuring/bare-server.ts'
import { startClipia } from './measuring/clipia-server.ts'
import { compareServers, describeSummary, ratioOf } from './measuring/compare-servers.ts'
import { startLoad } from './measuring/load.ts'
import { IS_SHORT, keepResult } from './measuring/report.ts'
import { SUBMISSION, submitByFetch, submitOnWire } from './measuring/submission.ts'

const [rounds, durationMs] = IS_SHORT ? [5, 2_000] : [15, 5_000]

const clipia = await startClipia()
const [key = ''] = clipia.keys
const bare = await startBare(await recordAnswer(`${clipia.url}${SUBMISSION.path}`, submitByFetch(key)))
const load = startLoad()
const order = { requests: [submitOnWire(key)], connections: 64, durationMs, status: 200 }
const summaries = await compareServers(
  load,
  [
    { name: 'clipia', server: clipia, order },
    { name: 'bare', server: bare, order },
  ],
  rounds,
)
load.stop()
await bare.stop()
await clipia.stop()

const [ours, reference] = [summaries.get('clipia'), summaries.get('bare')]
if (ours === undefined || reference === undefined) throw new Error('nothing was measured')
const ratio = ratioOf(ours, reference)
const question = 'durable submit on SQLite, 64 connections'
const bareText = `bare node:http ${describeSummary(reference)}`
keepResult(
  'submit-sqlite',
  [
    {
      question,
      ours: describeSummary(ours),
      reference: bareText,
      ratio,
      goal: '>= 0.25',
      isReached: ratio >= 0.25,
    },
    {
      question: `${question}: a second`,
      ours: `${Math.round(ours.perSecond)}/s`,
      reference: `bare ${Math.round(reference.perSecond)}/s`,
      ratio: null,
      goal: '>= 10,000/s on a quiet core',
      isReached: ours.perSecond >= 10_000,
    },
    {
      question: `${question}: p99`,
      ours: `${ours.p99Ms.toFixed(1)} ms`,
      reference: `bare ${reference.p99Ms.toFixed(1)} ms`,
      ratio: null,
      goal: '< 25 ms',
      isReached: ours.p99Ms < 25,
    },
  ],
  { ours, reference },
)

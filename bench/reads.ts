/**
 * What do authentication, limits, the database and the framework cost a read? The same load, 32 connections, goes in turns to
 * `clipia serve` and to a bare node:http server that answers the same bytes; each has the same core while it is loaded.
 *
 * `node bench/reads.ts [--short]`. Goals: a status 0.70 of bare, an unchanged catalogue (304) 0.80.
 */
import { recordAnswer, startBare } from './measuring/bare-server.ts'
import { startClipia } from './measuring/clipia-server.ts'
import { compareServers, describeSummary, ratioOf, type Summary } from './measuring/compare-servers.ts'
import { startLoad, toWire } from './measuring/load.ts'
import { type Finding, IS_SHORT, keepResult } from './measuring/report.ts'

const CONNECTIONS = 32
const [rounds, durationMs] = IS_SHORT ? [5, 1_500] : [15, 4_000]

const clipia = await startClipia()
const load = startLoad()
const headers = { authorization: `Bearer ${clipia.keys[0]}` }

async function submit(): Promise<string> {
  const answer = await fetch(`${clipia.url}/v1/models/bench-1`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ input: { prompt: 'a lighthouse' } }),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { request_id: string }).request_id
}

/** One question: a path with headers, and what it must answer. */
async function measure(
  question: string,
  path: string,
  sent: Record<string, string>,
  goal: number,
): Promise<{ finding: Finding; summaries: Record<string, Summary> }> {
  const answer = await recordAnswer(`${clipia.url}${path}`, { headers: sent })
  const bare = await startBare(answer)
  const order = { requests: [toWire('GET', path, sent)], connections: CONNECTIONS, durationMs, status: answer.status }
  const summaries = await compareServers(
    load,
    [
      { name: 'clipia', server: clipia, order },
      { name: 'bare', server: bare, order },
    ],
    rounds,
  )
  await bare.stop()
  const [ours, reference] = [summaries.get('clipia'), summaries.get('bare')]
  if (ours === undefined || reference === undefined) throw new Error('nothing was measured')
  const ratio = ratioOf(ours, reference)
  return {
    finding: {
      question,
      ours: describeSummary(ours),
      reference: `bare node:http ${describeSummary(reference)}`,
      ratio,
      goal: `>= ${goal.toFixed(2)}`,
      isReached: ratio >= goal,
    },
    summaries: { ours, reference },
  }
}

const requestId = await submit()
const status = await measure('status read, authenticated', `/v1/requests/${requestId}/status`, headers, 0.7)
const catalogue = await fetch(`${clipia.url}/v1/models`, { headers })
const etag = catalogue.headers.get('etag') ?? ''
const unchanged = await measure('catalogue, ETag 304', '/v1/models', { ...headers, 'if-none-match': etag }, 0.8)
load.stop()
await clipia.stop()
keepResult('reads', [status.finding, unchanged.finding], {
  status: status.summaries,
  catalogue: unchanged.summaries,
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { MODELS_FOLDER } from '../packages/server/src/catalogue/folders.ts'
import { loadCatalogue } from '../packages/server/src/catalogue/load-catalogue.ts'
import type { Model } from '../packages/server/src/catalogue/model.ts'
import { normalizeInput } from '../packages/server/src/catalogue/normalize-input.ts'
import { priceOf } from '../packages/server/src/catalogue/price.ts'
import { findUnmet } from '../packages/server/src/catalogue/route.ts'
import { type Config, readConfig } from '../packages/server/src/config.ts'
import { openDatabase } from '../packages/server/src/database/open-database.ts'
import { PROVIDERS } from '../packages/server/src/engines/providers.ts'
import { listUpstreamUsage } from '../packages/server/src/generations/list-upstream-usage.ts'
import { serve } from '../packages/server/src/serve.ts'

const INPUT = { prompt: 'A small red lighthouse on a rock, flat colours' }
const LIMIT_MS = 10 * 60 * 1000

/** What one true generation came to. */
export interface LiveRun {
  /** Nothing was tried: the provider is not set up, or has no model that a prompt alone is enough for. */
  isSkipped: boolean
  isOk: boolean
  /** For people: what was made, how long it took, what it cost. */
  lines: string[]
}

/**
 * Makes one generation at a provider through a server of its own, on the cheapest of its models that draw a picture from a
 * prompt alone. Costs money where the credential is true. No credential but this provider's is given to the server.
 */
export async function runLiveGeneration(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LiveRun> {
  const provider = PROVIDERS.find((candidate) => candidate.name === name)
  if (provider === undefined) throw new Error(`there is no provider ${name}; there are ${namesOf(PROVIDERS)}`)
  const { credentialVariable, baseUrlVariable, capacityVariable } = provider
  const switchedBy = provider.baseUrl === null ? baseUrlVariable : credentialVariable
  if (!environment[switchedBy]) return skip(`${name}: not run: ${switchedBy} is not set`)
  const models = findCheapest(name)
  if (models.length === 0) return skip(`${name}: not run: no model of it makes a picture from a prompt alone`)
  const own = [credentialVariable, baseUrlVariable, capacityVariable].map((variable) => [
    variable,
    environment[variable],
  ])
  const dataDir = await mkdtemp(join(tmpdir(), 'clipia-live-'))
  const config = readConfig({
    ...Object.fromEntries(own),
    CLIPIA_DATA_DIR: dataDir,
    CLIPIA_PORT: '0',
    CLIPIA_LOG_LEVEL: 'warn',
  })
  try {
    return await generate(config, name, models)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What is read of the answers about a request. */
interface RequestAnswer {
  request_id?: string
  status: string
  cost: number
  output?: { images: { width: number; height: number }[] }
  error?: { code: string; message: string }
}

async function generate(config: Config, name: string, models: readonly Model[]): Promise<LiveRun> {
  const server = await serve(config)
  const beganAt = Date.now()
  const headers = { authorization: `Bearer ${server.firstAccount?.liveKey}` }
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, { ...init, headers })
    return (await response.json()) as RequestAnswer
  }
  const lines: string[] = []
  let isOk = false
  try {
    const body = JSON.stringify({ input: INPUT })
    const listed = await fetch(`${server.url}/v1/models`, { headers })
    const active = new Set(((await listed.json()) as { data: { slug: string }[] }).data.map((entry) => entry.slug))
    const slug = models.find((model) => active.has(model.slug))?.slug
    if (slug === undefined) return skip(`${name}: not run: no model of it that makes a picture is active`)
    const submitted = await call(`/v1/models/${encodeURIComponent(slug)}`, { method: 'POST', body })
    if (submitted.request_id === undefined) throw new Error(JSON.stringify(submitted))
    let result = submitted
    while (!['COMPLETED', 'FAILED', 'CANCELED'].includes(result.status)) {
      if (Date.now() - beganAt > LIMIT_MS) throw new Error(`not done within ${LIMIT_MS / 1000} s`)
      await delay(500)
      result = await call(`/v1/requests/${submitted.request_id}`)
    }
    isOk = result.status === 'COMPLETED'
    const seconds = ((Date.now() - beganAt) / 1000).toFixed(1)
    const [image] = result.output?.images ?? []
    const made = isOk ? `${image?.width} x ${image?.height}` : `${result.error?.code}: ${result.error?.message}`
    lines.push(`${name}: ${slug}: ${result.status} after ${seconds} s: ${made}`)
    lines.push(`${name}: price here: ${result.cost} credits`)
  } finally {
    await server.stop()
  }
  lines.push(`${name}: ${await readCost(config)}`)
  return { isSkipped: false, isOk, lines }
}

async function readCost(config: Config): Promise<string> {
  const { database } = await openDatabase(config)
  try {
    const usage = await listUpstreamUsage(database, 0)
    if (usage.length === 0) return 'the provider did not say what it charges'
    return usage.map(({ amount, unit }) => `the provider says it charges ${amount} ${unit}`).join('; ')
  } finally {
    await database.close()
  }
}

/** The models of an engine that make a picture of the prompt on its route, the cheapest first. */
function findCheapest(engine: string): Model[] {
  const normalize = (model: Model) => normalizeInput(model, INPUT, { checkUrl: () => null })
  const priceIn = (model: Model) => priceOf(model, normalize(model)).credits
  return loadCatalogue([MODELS_FOLDER])
    .list({ type: 'image', capability: 'text-to-image' })
    .filter((model) => [...model.parameters.values()].every(({ required, name }) => !required || name in INPUT))
    .filter((model) =>
      model.routes.some((route) => route.engine === engine && findUnmet(route, normalize(model)) === null),
    )
    .sort((left, right) => priceIn(left) - priceIn(right))
}

function namesOf(providers: readonly { name: string }[]): string {
  return providers.map(({ name }) => name).join(', ')
}

function skip(line: string): LiveRun {
  return { isSkipped: true, isOk: true, lines: [line] }
}

import type { RequestStatus, SandboxScenario } from '@clipia/contract'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Clock } from '../clock.ts'
import { toCredits, toMicro } from '../credits/amount.ts'
import { ConstraintError, type Database, DatabaseUnavailable, LockTimeout } from '../database/database.ts'
import type { Engines } from '../engines/engine.ts'
import { sampleOutput } from '../engines/sandbox/samples.ts'
import { SANDBOX_ENGINE, SCENARIOS } from '../engines/sandbox/scenarios.ts'
import { ClipiaError } from '../errors.ts'
import { announceEnding } from '../events/announce.ts'
import type { InputFiles } from '../files/input-files.ts'
import type { Identifiers } from '../identifiers.ts'
import { hashJson } from '../json.ts'
import { type ApiKey, isUsable } from '../keys/api-key.ts'
import type { Observer } from '../metrics/observer.ts'
import { checkAllowedModel, findModel } from './find-model.ts'
import { findReplay, type Replay } from './find-replay.ts'
import type { Viewer } from './get-generation.ts'
import { getStatus } from './get-status.ts'
import { insertQueued } from './insert-queued.ts'
import { insertQueuedInOneStatement } from './insert-queued-statement.ts'
import { insertSandbox } from './insert-sandbox.ts'
import type { NewGeneration } from './new-generation.ts'
import { agreePrice, type PriceTerms, priceInput } from './price-input.ts'
import { readStoredJob, writeScenarioJob, writeStoredJob } from './stored-job.ts'

/** What submitting needs of the process. */
export interface SubmitDependencies {
  database: Database
  clock: Clock
  identifiers: Identifiers
  catalogue: () => Catalogue
  engines: Engines
  quoteKey: Buffer
  /** What is wrong with a URL in an input, or null. */
  checkInputUrl: (url: string) => string | null
  inputFiles: InputFiles
  /** What is wrong with a webhook URL, or null. */
  checkWebhookUrl: (url: string) => string | null
  /** Makes what webhooks of an account and mode are signed with, where that does not exist yet. */
  prepareSecrets: (owner: Viewer) => Promise<void>
  /** Called after the commit that queued something. */
  onQueued: () => void
  /** Called after the commit that put a webhook into the outbox. */
  onDelivery: () => void
  observer: Observer
}

/** A submit as the caller sent it. */
export interface Submission extends PriceTerms {
  key: ApiKey
  slug: string
  /** As sent: what idempotency compares. */
  rawInput: unknown
  webhookUrl?: string | undefined
  idempotencyKey?: string | undefined
  /** What the caller wants the sandbox to play; it wins over the key's own scenario. */
  scenario?: SandboxScenario | undefined
  /** Set when the key's rate is used up: thrown unless the submit is a replay. */
  rateRefusal: ClipiaError | null
}

/** An accepted submit; `cost` in micro-credits. */
export interface Accepted {
  requestId: string
  status: RequestStatus
  queuePosition: number
  cost: number
  isReplay: boolean
}

/**
 * Accepts a generation: checks, prices, and makes it durable in one transaction. An accepted submit survives any
 * crash; a refused one leaves nothing behind, not even its idempotency key. A repeated idempotency key answers the
 * first request before any check of rate, model, price or balance.
 */
export async function submitGeneration(of: SubmitDependencies, submission: Submission): Promise<Accepted> {
  const { key } = submission
  const scenario = agreeScenario(submission)
  const idempotency =
    submission.idempotencyKey === undefined
      ? null
      : {
          key: submission.idempotencyKey,
          fingerprint: hashJson([submission.slug, submission.rawInput, submission.webhookUrl ?? null, scenario]),
        }
  if (idempotency !== null) {
    const replay = await findReplay(of.database, key, idempotency, of.clock.now())
    if (replay !== null) return toAccepted(of, key, replay)
  }
  if (submission.rateRefusal !== null) throw submission.rateRefusal
  const generation = await prepare(of, submission, scenario, idempotency)
  // Now, and not when the request is over and somebody waits for its webhook.
  if (generation.webhookUrl !== null) await of.prepareSecrets(key)
  try {
    return await persist(of, generation, key.keyId)
  } catch (error) {
    return await explainFailure(of, generation, error)
  }
}

/** What the sandbox is to play, if anything; `invalid_request` where there is no sandbox. */
function agreeScenario({ key, scenario }: Submission): SandboxScenario | null {
  if (scenario !== undefined && key.mode === 'live') {
    throw new ClipiaError('invalid_request', 'Clipia-Sandbox-Scenario is for test keys; this is a live key.', {
      param: 'Clipia-Sandbox-Scenario',
    })
  }
  return scenario ?? key.scenario
}

async function prepare(
  of: SubmitDependencies,
  submission: Submission,
  scenario: SandboxScenario | null,
  idempotency: NewGeneration['idempotency'],
): Promise<NewGeneration> {
  const { key, webhookUrl } = submission
  const model = findModel(of.catalogue(), of.engines, key, submission.slug)
  checkAllowedModel(model, key)
  const fault = webhookUrl === undefined ? null : of.checkWebhookUrl(webhookUrl)
  if (fault !== null) throw new ClipiaError('invalid_request', `webhook_url ${fault}`, { param: 'webhook_url' })
  const priced = priceInput(of, model, submission.rawInput, key.mode)
  if (priced.urls.length > 0) await of.inputFiles.check(priced.input, priced.urls)
  const nowMs = of.clock.now()
  const { credits, priceVersion } = agreePrice(priced, model, key, submission, of.quoteKey, nowMs)
  const taken = priced.urls.length > 0 ? await of.inputFiles.take(key, priced.input, priced.urls) : null
  return {
    requestId: of.identifiers.uuid(),
    accountId: key.accountId,
    keyId: key.keyId,
    mode: key.mode,
    model: model.slug,
    input: JSON.stringify(taken?.input ?? priced.input),
    job: scenario === null ? writeStoredJob(model, priced.routes) : writeScenarioJob(model, scenario),
    pool: scenario === null ? (priced.routes[0]?.engine ?? '') : SANDBOX_ENGINE,
    scenario,
    cost: toMicro(credits),
    priceVersion,
    // As it will be dialled: the text as sent may hold what the database cannot.
    webhookUrl: webhookUrl === undefined ? null : new URL(webhookUrl).href,
    runLimitMs: (scenario === null ? null : SCENARIOS[scenario].runLimitMs) ?? model.runLimitMs,
    nowMs,
    given: taken?.given ?? null,
    idempotency,
  }
}

async function persist(of: SubmitDependencies, generation: NewGeneration, keyId: string): Promise<Accepted> {
  const { database } = of
  const accepted = { requestId: generation.requestId, cost: generation.cost, isReplay: false }
  if (generation.mode === 'test' && generation.scenario === null) {
    const { type } = readStoredJob(generation.job)
    const deliveryId = of.identifiers.uuid()
    const isAccepted = await database.transaction((tx) =>
      insertSandbox(tx, generation, sampleOutput(type), { deliveryId, onDelivery: of.onDelivery }),
    )
    if (!isAccepted) throw refusedKey()
    announceEnding(database, generation.accountId, generation.mode)
    of.observer.generationSubmitted({ ...generation, cost: 0 })
    of.observer.generationEnded({ ...generation, status: 'COMPLETED', code: null, refunded: 0 })
    return { ...accepted, status: 'COMPLETED', queuePosition: 0 }
  }
  const isOneStatement = database.capabilities.writableCte && generation.given === null && generation.scenario === null
  const liveCount = isOneStatement
    ? await insertQueuedInOneStatement(database, generation)
    : await database.transaction((tx) => insertQueued(tx, generation))
  if (liveCount === null) throw await explainRefusedKey(of, generation, keyId)
  of.observer.generationSubmitted(generation)
  of.onQueued()
  return { ...accepted, status: 'IN_QUEUE', queuePosition: await positionOf(of, generation, liveCount) }
}

/**
 * The place in the queue, read after the commit: a statement that waited for another submit of its key does not see
 * what that one queued, and would name a place that later grows. The submit stands whether it can be read or not.
 */
async function positionOf(of: SubmitDependencies, generation: NewGeneration, liveCount: number): Promise<number> {
  if (liveCount === 1) return 0
  try {
    return (await getStatus(of.database, generation, generation.requestId)).queuePosition ?? 0
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return liveCount - 1
    throw error
  }
}

/** Turns what the database refused into what the caller can act on; the rest is thrown as it is. */
async function explainFailure(of: SubmitDependencies, generation: NewGeneration, error: unknown): Promise<Accepted> {
  if (error instanceof ConstraintError && error.subject === 'balance_not_negative') {
    throw insufficientCredits(`This costs ${toCredits(generation.cost)} credits, more than the account's balance.`)
  }
  const mayBeDuplicate =
    error instanceof LockTimeout || (error instanceof ConstraintError && error.subject === 'idempotency_keys')
  if (mayBeDuplicate && generation.idempotency !== null) {
    const replay = await findReplay(of.database, generation, generation.idempotency, of.clock.now())
    if (replay !== null) return toAccepted(of, generation, replay)
    throw new ClipiaError(
      'request_in_progress',
      'The first request with this Idempotency-Key has not been committed yet; try again.',
      { retryAfterSeconds: 1 },
    )
  }
  if (error instanceof DatabaseUnavailable && error.isOutcomeUnknown) {
    // The commit's answer was lost: the id made before it tells whether it happened.
    const accepted = { requestId: generation.requestId, cost: generation.cost }
    const status = await toAccepted(of, generation, accepted).catch((lookup: unknown) => {
      if (lookup instanceof ClipiaError && lookup.code === 'not_found') return null
      throw lookup
    })
    if (status !== null) {
      of.observer.generationSubmitted(generation)
      of.onQueued()
      return { ...status, isReplay: false }
    }
  }
  throw error
}

async function explainRefusedKey(
  of: SubmitDependencies,
  generation: NewGeneration,
  keyId: string,
): Promise<ClipiaError> {
  const rows = await of.database.read<{ revoked_at: number | null; expires_at: number | null }>(
    'SELECT revoked_at, expires_at FROM api_keys WHERE key_id = $1',
    [keyId],
  )
  const row = rows[0]
  const isOpen =
    row !== undefined && isUsable({ revokedAt: row.revoked_at, expiresAt: row.expires_at }, generation.nowMs)
  return isOpen ? insufficientCredits("This costs more than what is left of the key's budget.") : refusedKey()
}

function refusedKey(): ClipiaError {
  return new ClipiaError('invalid_api_key', 'The API key is revoked or has expired.')
}

function insufficientCredits(message: string): ClipiaError {
  return new ClipiaError('insufficient_credits', message)
}

/** The first request of an idempotency key, as it stands now. */
async function toAccepted(of: SubmitDependencies, owner: Viewer, replay: Replay): Promise<Accepted> {
  const { status, queuePosition } = await getStatus(of.database, owner, replay.requestId)
  return { requestId: replay.requestId, status, queuePosition: queuePosition ?? 0, cost: replay.cost, isReplay: true }
}

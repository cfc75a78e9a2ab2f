/** The reference of submits on PostgreSQL: a script that does nothing but send the statement of a submit, as often as it can. */
import { createDatabaseClock } from '../../packages/server/src/clock.ts'
import { openPostgres } from '../../packages/server/src/database/postgres.ts'
import { insertQueuedInOneStatement } from '../../packages/server/src/generations/insert-queued-statement.ts'
import { createIdentifiers } from '../../packages/server/src/identifiers.ts'

const database = openPostgres(process.argv[2] ?? '')
const clock = await createDatabaseClock(database)
const identifiers = createIdentifiers(clock)
const keys = await database.read<{ key_id: string; account_id: string }>('SELECT key_id, account_id FROM api_keys')
const [sample] = await database.read<{ input: string; job: string; price_version: string; cost: number }>(
  'SELECT input, job, price_version, cost FROM requests LIMIT 1',
)
if (sample === undefined) throw new Error('nothing was submitted before')
let next = 0

async function submit(): Promise<void> {
  next = (next + 1) % keys.length
  const key = keys[next]
  if (key === undefined || sample === undefined) throw new Error('no key')
  await insertQueuedInOneStatement(database, {
    requestId: identifiers.uuid(),
    accountId: key.account_id,
    keyId: key.key_id,
    mode: 'live',
    model: 'bench-1',
    input: sample.input,
    job: sample.job,
    pool: 'http',
    scenario: null,
    cost: sample.cost,
    priceVersion: sample.price_version,
    webhookUrl: null,
    runLimitMs: 3_600_000,
    nowMs: clock.now(),
    given: null,
    idempotency: null,
  })
}

async function run(callers: number, durationMs: number): Promise<number> {
  const beganAt = performance.now()
  let count = 0
  const call = async () => {
    while (performance.now() - beganAt < durationMs) {
      await submit()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  return count / ((performance.now() - beganAt) / 1_000)
}

process.on('message', ({ callers, durationMs }: { callers: number; durationMs: number }) => {
  run(callers, durationMs).then(
    (perSecond) => process.send?.(perSecond),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

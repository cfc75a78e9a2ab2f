/**
 * Does a page of history, or the account with its usage, take longer with a longer history? Each size is measured in the
 * same run on the same database, interleaved; the reference is the smallest size. Goal: flat within 1.5.
 *
 * `node scripts/with-postgres.ts bench/history.ts [rounds]`.
 */
import { getAccount } from '../packages/server/src/accounts/get-account.ts'
import { listLedgerPage } from '../packages/server/src/credits/list-ledger.ts'
import type { Database } from '../packages/server/src/database/database.ts'
import { type GenerationFilter, listGenerations } from '../packages/server/src/generations/list-generations.ts'
import { DATABASES } from '../packages/server/src/testing/databases.ts'

const SIZES = [5_000, 50_000, 500_000] as const
const NOW_MS = Date.UTC(2027, 0, 31)
const MINUTE_MS = 60_000
const rounds = Number(process.argv[2] ?? 40)
const print = (line: string) => void process.stdout.write(`${line}\n`)

/** A history of one account, a request a minute: 1 of 50 failed, 1 of 200 canceled, the last ten wait. */
async function fill(database: Database, count: number): Promise<void> {
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`
  const account = `'account-${count}'`
  const time = `(CAST(${NOW_MS} AS BIGINT) - (${count} - CAST(n AS BIGINT)) * ${MINUTE_MS})`
  const id = `'${String(count).padStart(8, '0')}-0000-7000-8000-' || substr(CAST(1000000000000 + n AS TEXT), 2)`
  const status = `CASE WHEN n > ${count - 10} THEN 'IN_QUEUE' WHEN n % 50 = 0 THEN 'FAILED' WHEN n % 200 = 1 THEN 'CANCELED' ELSE 'COMPLETED' END`
  const when = (name: string, value: string) => `CASE WHEN ${status} ${name} THEN ${value} END`
  await database.transaction(async (tx) => {
    const statements = [
      `INSERT INTO accounts (account_id, name, created_at) VALUES (${account}, 'History', 0)`,
      `INSERT INTO balances (account_id, mode, balance, reserved, last_seq) VALUES (${account}, 'live', 0, 0, 0)`,
      `INSERT INTO api_keys (key_id, account_id, name, mode, hash, prefix, scopes, requests_per_minute, concurrency, created_at)
       SELECT 'key-${count}-' || n, ${account}, 'Key', 'live', 'key-${count}-' || n, '', '[]', 1, 1, 0
       FROM (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2) keys`,
      `${numbers} INSERT INTO requests (request_id, account_id, key_id, mode, model, status, version, input, job, cost,
         price_version, created_at, started_at, completed_at, output, error_code)
       SELECT ${id}, ${account}, 'key-${count}-' || (n % 3), 'live', 'model-' || (n % 7), ${status}, 3, '{"prompt":"x"}', '{}', 1,
         '', ${time}, ${when("<> 'IN_QUEUE'", time)}, ${when("<> 'IN_QUEUE'", time)},
         ${when("= 'COMPLETED'", `'{"type":"image","images":[]}'`)}, ${when("= 'FAILED'", `'GENERATION_FAILED'`)} FROM numbers`,
      `${numbers} INSERT INTO ledger_entries (account_id, mode, seq, kind, request_id, amount, balance_after, created_at)
       SELECT ${account}, 'live', n, CASE WHEN n % 50 = 0 THEN 'refund' ELSE 'charge' END, ${id},
         CASE WHEN n % 50 = 0 THEN 1 ELSE -1 END, 0, ${time} FROM numbers`,
      `INSERT INTO usage_days (account_id, day, key_id, model, requests)
       SELECT ${account}, created_at / 86400000, key_id, model, count(*) FROM requests WHERE account_id = ${account}
       GROUP BY created_at / 86400000, key_id, model`,
    ]
    for (const statement of statements) await tx.query(statement)
  })
}

const FILTERS: Readonly<Record<string, GenerationFilter>> = {
  all: {},
  failed: { status: 'FAILED' },
  queued: { status: 'IN_QUEUE' },
  canceled: { status: 'CANCELED' },
  'of a model': { model: 'model-3' },
  'of an unknown model': { model: 'none' },
}

type Reading = (database: Database, count: number) => Promise<unknown>
const owner = (count: number) => ({ accountId: `account-${count}`, mode: 'live' as const })

const READINGS: Readonly<Record<string, Reading>> = {
  ...Object.fromEntries(
    Object.entries(FILTERS).map(([name, filter]): [string, Reading] => [
      `requests, ${name}`,
      (database, count) => listGenerations(database, owner(count), filter, { before: null, limit: 100 }),
    ]),
  ),
  'requests, of a key': (database, count) =>
    listGenerations(database, owner(count), { keyId: `key-${count}-1` }, { before: null, limit: 100 }),
  ledger: (database, count) => listLedgerPage(database, owner(count), { before: null, limit: 100 }),
  'ledger, refunds': (database, count) =>
    listLedgerPage(database, owner(count), { kind: 'refund', before: null, limit: 100 }),
  'ledger, grants': (database, count) =>
    listLedgerPage(database, owner(count), { kind: 'grant', before: null, limit: 100 }),
  account: (database, count) => getAccount(database, `account-${count}`, NOW_MS),
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

for (const kind of DATABASES) {
  const test = await kind.create()
  const database = test.open()
  for (const count of SIZES) await fill(database, count)
  print(`${kind.name}: median of ${rounds} rounds in ms, and its ratio to ${SIZES[0]} requests`)
  for (const [name, reading] of Object.entries(READINGS)) {
    const times = new Map(SIZES.map((count) => [count as number, [] as number[]]))
    for (let round = 0; round < rounds; round += 1) {
      for (const count of SIZES) {
        const began = performance.now()
        await reading(database, count)
        times.get(count)?.push(performance.now() - began)
      }
    }
    const [reference = 0, ...others] = SIZES.map((count) => median(times.get(count) ?? []))
    const ratios = others.map((ms) => `${ms.toFixed(2)} (${(ms / reference).toFixed(2)})`)
    print(`  ${name.padEnd(30)} ${[reference.toFixed(2), ...ratios].join('   ')}`)
  }
  await database.close()
  await test.remove()
}

import assert from 'node:assert/strict'
import { accountOf } from './api.ts'
import type { Clipia } from './start-clipia.ts'

/** One movement of credits as `clipia admin credits ledger --json` prints it. */
export interface LedgerRow {
  seq: number
  kind: 'grant' | 'charge' | 'refund'
  credits: number
  balance_after: number
  request_id: string | null
  reference: string | null
}

/** What `clipia admin audit --json` prints. */
export interface Audit {
  ok: boolean
  checks: number
  differences: { check: string; subject: string; expected: string; found: string }[]
}

/** Checks that the audit finds no difference. */
export async function assertAuditClean(clipia: Clipia): Promise<void> {
  const { code, stdout, stderr } = await clipia.admin('audit', '--json')
  assert.equal(code, 0, stdout + stderr)
  const audit = JSON.parse(stdout) as Audit
  assert.deepEqual({ ok: audit.ok, differences: audit.differences }, { ok: true, differences: [] })
  assert.ok(audit.checks > 0)
}

/** The ledger of an account, which must be a gapless chain. */
export async function ledgerOf(clipia: Clipia, accountId: string): Promise<LedgerRow[]> {
  const rows = await clipia.adminJson<LedgerRow[]>('credits', 'ledger', '--account', accountId)
  let balance = 0
  for (const [index, row] of rows.entries()) {
    balance += row.credits
    assert.equal(row.seq, index + 1)
    assert.equal(row.balance_after, balance)
  }
  return rows
}

/** Checks the money of the first account to the credit: balance, usage, every charge in the ledger, and the audit. */
export async function assertBooks(clipia: Clipia, charges: readonly { request_id: string; cost: number }[]) {
  const spent = charges.reduce((sum, { cost }) => sum + cost, 0)
  const account = await accountOf(clipia.live)
  assert.deepEqual(account.balance, { credits: 1_000 - spent, reserved: 0 })
  assert.deepEqual(account.usage_30d, { requests: charges.length, credits_spent: spent })
  const [grant, ...rest] = await ledgerOf(clipia, account.account_id)
  assert.deepEqual([grant?.kind, grant?.credits], ['grant', 1_000])
  assert.deepEqual(
    rest.map((row) => [row.kind, row.request_id, row.credits]),
    charges.map((charge) => ['charge', charge.request_id, -charge.cost]),
  )
  await assertAuditClean(clipia)
}

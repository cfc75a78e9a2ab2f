import assert from 'node:assert/strict'
import type { Emulator } from '../emulator/emulator.ts'
import { accountOf } from '../testing/api.ts'
import { assertAuditClean, ledgerOf } from '../testing/books.ts'
import type { NewAccount } from '../testing/create-account.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { WireResult } from '../testing/wire.ts'
import type { Accepted, Clients, Order } from './clients.ts'
import type { Fleet } from './fleet.ts'
import type { Hooks } from './hooks.ts'
import { EMULATED_SLUG } from './misbehaviour.ts'

/** What a run saw. */
export interface Counts {
  kills: number
  accepted: number
  /** Calls that a death cut off, and answers that repeated an earlier one. */
  cutOff: number
  replayed: number
  /** Submits that were answered with 503. */
  unavailable: number
  completed: number
  failed: number
  canceled: number
  refunded: number
  renders: number
  /** Webhooks that were taken, that are dead and visible, and that came again after they had been taken. */
  delivered: number
  dead: number
  repeats: number
}

/** What a run used, all of which is held against each other. */
export interface Run {
  fleet: Fleet
  clients: Clients
  hooks: Hooks
  emulator: Emulator
  accounts: readonly NewAccount[]
  /** Credits every account was given. */
  grant: number
  orders: readonly Order[]
}

const END_LIMIT = { timeoutMs: 280_000, everyMs: 100 }

/**
 * Waits until everything is over, and checks that nothing is lost and nothing doubled: answers, ends, renders, money,
 * webhooks, and what the server says of its own books.
 */
export async function verify(run: Run): Promise<Counts> {
  const { fleet, clients, emulator, accounts, orders } = run
  for (const order of orders) await waitFor(`an answer to ${order.key}`, () => clients.send(order), END_LIMIT)
  assert.equal(clients.accepted.size, orders.length)
  const ends = new Map<Accepted, WireResult>()
  for (const accepted of clients.accepted.values()) {
    ends.set(accepted, await waitFor(`the end of ${accepted.requestId}`, () => clients.look(accepted), END_LIMIT))
  }
  assert.equal(new Set([...ends.keys()].map(({ requestId }) => requestId)).size, orders.length)
  verifyRenders(ends, clients, emulator.stats().renders)
  for (const account of accounts) await verifyMoney(run, account, ends)
  const hooks = await verifyHooks(run, ends)
  await assertAuditClean(fleet.first)
  const count = (status: string) => [...ends.values()].filter((end) => end.status === status).length
  return {
    kills: fleet.kills,
    accepted: ends.size,
    cutOff: clients.cutOff,
    replayed: clients.replayed,
    unavailable: clients.unavailable,
    completed: count('COMPLETED'),
    failed: count('FAILED'),
    canceled: count('CANCELED'),
    refunded: [...ends.values()].filter((end) => end.charged === 0).length,
    renders: emulator.stats().totalRenders,
    ...hooks,
  }
}

function verifyRenders(ends: ReadonlyMap<Accepted, WireResult>, clients: Clients, renders: Record<string, number>) {
  const known = new Set([...ends.keys()].map(({ requestId }) => requestId))
  for (const id of Object.keys(renders)) assert.ok(known.has(id), `${id} was rendered and nobody knows it`)
  for (const [{ requestId, order }, { status }] of ends) {
    const count = renders[requestId] ?? 0
    assert.ok(count <= 1, `${requestId} was rendered ${count} times`)
    if (status === 'COMPLETED' && order.slug === EMULATED_SLUG) assert.equal(count, 1, `${requestId} is of no render`)
    if (clients.canceled.has(requestId)) assert.equal(status, 'CANCELED', `${requestId} was told to be canceled`)
  }
}

/** The ledger of an account is its grant, one charge of every order, and one refund of every order that did not complete. */
async function verifyMoney({ fleet, grant }: Run, account: NewAccount, ends: ReadonlyMap<Accepted, WireResult>) {
  const expected = [['grant', null, grant]]
  let spent = 0
  for (const [{ requestId, order, cost }, end] of ends) {
    if (order.account !== account) continue
    assert.equal(end.cost, cost)
    assert.equal(end.charged, end.status === 'COMPLETED' ? cost : 0, JSON.stringify(end))
    expected.push(['charge', requestId, -cost])
    if (end.status === 'COMPLETED') spent += cost
    else expected.push(['refund', requestId, cost])
  }
  const ledger = (await ledgerOf(fleet.first, account.accountId)).map((row) => [row.kind, row.request_id, row.credits])
  const sorted = (rows: unknown[][]) => rows.map((row) => row.join(' ')).toSorted()
  assert.deepEqual(sorted(ledger), sorted(expected), 'a charge or refund too many, too few, or of nobody')
  assert.deepEqual((await accountOf(fleet.api(account, 0))).balance, { credits: grant - spent, reserved: 0 })
}

interface WireDelivery {
  state: 'pending' | 'delivered' | 'dead'
  attempt_count: number
}

async function verifyHooks({ fleet, hooks }: Run, ends: ReadonlyMap<Accepted, WireResult>) {
  const counts = { delivered: 0, dead: 0, repeats: 0 }
  const asked = new Set<string>()
  for (const [{ requestId, order }, { status }] of ends) {
    if (order.hook === null) continue
    asked.add(requestId)
    const delivery = await waitFor(
      `the webhook of ${requestId}`,
      async () => {
        const answer = await fleet.api(order.account, 0).get(`/v1/requests/${requestId}/deliveries`)
        const [found, ...more] = answer.json<{ data: WireDelivery[] }>().data
        assert.ok(found !== undefined && more.length === 0, `${requestId} has no webhook, or several: ${answer.text}`)
        return found.state === 'pending' ? undefined : found
      },
      END_LIMIT,
    )
    const { taken, came, statuses } = hooks.of(requestId)
    assert.ok(came >= delivery.attempt_count, 'the log tells of more attempts than came')
    assert.deepEqual([...statuses], [status === 'COMPLETED' ? 'OK' : 'ERROR'])
    assert.equal(delivery.state, order.hook === 'gone' ? 'dead' : 'delivered')
    if (delivery.state === 'delivered') assert.ok(taken >= 1, `${requestId} is called delivered, and nobody took it`)
    counts[delivery.state === 'dead' ? 'dead' : 'delivered'] += 1
    counts.repeats += Math.max(0, taken - 1)
  }
  for (const id of hooks.requestIds) assert.ok(asked.has(id), `a webhook told of ${id}, for which none was asked`)
  return counts
}

import { canCancel } from '../../engines/can-cancel.ts'
import { CLAIMED_COLUMNS, type ClaimedRow, readClaimed } from '../../generations/claimed.ts'
import { finishGeneration } from '../../generations/finish-generation.ts'
import { contextOf, type StepDependencies } from '../step-dependencies.ts'
import type { Duty } from './duty.ts'

const BATCH = 100
const CANCEL_LIMIT_MS = 10_000

type OverdueRow = ClaimedRow & { has_started: number }

/**
 * Ends what is past its deadline, in the queue or running, as TIMED_OUT with a refund, and then tells the engines to
 * stop. One that cannot be ended, or an engine that hangs, delays no other.
 */
export function endOverdue(of: StepDependencies): Duty {
  return {
    name: 'end-overdue',
    everyMs: 1_000,
    async run() {
      const rows = await of.database.read<OverdueRow>(
        `SELECT ${CLAIMED_COLUMNS}, has_started FROM queue WHERE deadline_at <= $1 ORDER BY deadline_at LIMIT ${BATCH}`,
        [of.clock.now()],
      )
      const cancels: (() => Promise<void>)[] = []
      for (const row of rows) {
        try {
          const cancel = await endOne(of, row)
          if (cancel !== null) cancels.push(cancel)
        } catch (error) {
          of.log.error({ requestId: row.request_id, err: error }, 'an overdue generation could not be ended')
        }
      }
      await Promise.all(cancels.map((cancel) => cancel()))
    },
  }
}

/** Ends one and answers how to stop it upstream, if there is something to stop. */
async function endOne(of: StepDependencies, row: OverdueRow): Promise<(() => Promise<void>) | null> {
  const message =
    row.has_started === 1
      ? 'The generation took longer than its limit.'
      : 'The generation waited too long in the queue.'
  const ending = { status: 'FAILED', code: 'TIMED_OUT', message, isCharged: false } as const
  const claimed = await readClaimed(of.database, row)
  const ended = await finishGeneration(of, { requestId: row.request_id, keyId: row.key_id, ending }, of.clock.now())
  const engine = of.engines.get(claimed.engine)
  // The ticket as it was at the end: it may have come after the row was read.
  if (ended === null || ended.ticket === null || !canCancel(engine, claimed.job, false)) return null
  const ticket = JSON.parse(ended.ticket)
  return async () => {
    const signal = AbortSignal.timeout(CANCEL_LIMIT_MS)
    await engine?.cancel?.(claimed.job, ticket, contextOf(of, claimed, signal)).catch((error: unknown) => {
      of.log.warn({ requestId: row.request_id, err: error }, 'an overdue job could not be canceled upstream')
    })
  }
}

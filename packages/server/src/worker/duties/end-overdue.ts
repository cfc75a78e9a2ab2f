import { CLAIMED_COLUMNS, type ClaimedRow, readClaimed } from '../../generations/claimed.ts'
import { finishGeneration } from '../../generations/finish-generation.ts'
import type { StepDependencies } from '../step-dependencies.ts'
import type { Duty } from './duty.ts'

const BATCH = 100

type OverdueRow = ClaimedRow & { stage: 'parked' | 'ready' | 'claimed' }

/** Ends what is past its deadline, in the queue or running, as TIMED_OUT with a refund, and tells its engine to stop. */
export function endOverdue(of: StepDependencies): Duty {
  return {
    name: 'end-overdue',
    everyMs: 1_000,
    async run() {
      const rows = await of.database.read<OverdueRow>(
        `SELECT ${CLAIMED_COLUMNS}, stage FROM queue
         WHERE deadline_at <= $1 ORDER BY deadline_at LIMIT ${BATCH}`,
        [of.clock.now()],
      )
      for (const row of rows) await endOne(of, row)
    },
  }
}

async function endOne(of: StepDependencies, row: OverdueRow): Promise<void> {
  const message =
    row.stage === 'claimed'
      ? 'The generation took longer than its limit.'
      : 'The generation waited too long in the queue.'
  const ending = { status: 'FAILED', code: 'TIMED_OUT', message, isCharged: false } as const
  const claimed = await readClaimed(of.database, row)
  const isEnded = await finishGeneration(of, { requestId: row.request_id, keyId: row.key_id, ending }, of.clock.now())
  if (!isEnded || row.ticket === null) return
  const engine = of.engines.get(claimed.engine)
  const signal = AbortSignal.timeout(10_000)
  await engine
    ?.cancel?.(claimed.job, JSON.parse(row.ticket), { signal, nowMs: of.clock.now() })
    .catch((error: unknown) => {
      of.log.warn({ requestId: row.request_id, err: error }, 'an overdue job could not be canceled upstream')
    })
}

import type { Mode, SandboxScenario } from '@clipia/contract'
import type { GivenInputs } from '../files/input-files.ts'

/** A checked, priced submit, ready to be made durable. Amounts in micro-credits, times in epoch milliseconds. */
export interface NewGeneration {
  requestId: string
  accountId: string
  keyId: string
  mode: Mode
  model: string
  /** JSON texts; see the columns of `requests`. */
  input: string
  job: string
  pool: string
  cost: number
  priceVersion: string
  webhookUrl: string | null
  runLimitMs: number
  /** What the sandbox plays; null in live mode, and where it completes at once. */
  scenario: SandboxScenario | null
  nowMs: number
  /** What lies here of what it was given; null when nothing does. */
  given: GivenInputs | null
  idempotency: { key: string; fingerprint: string } | null
}

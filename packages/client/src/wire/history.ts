import type { ResultResponse } from './requests.ts'

/** A request in the history: its result as far as it is known, and who made it. */
export interface RequestEntry extends Omit<ResultResponse, 'pending'> {
  /** UUID of the key it was submitted with. */
  key_id: string
  /** What the sandbox played; null where it played nothing. */
  scenario: 'slow' | 'fail' | 'reject' | 'timeout' | 'cancel' | null
}

/** One movement of credits. */
export interface LedgerEntry {
  /** Place in the ledger; it has no gaps. */
  seq: number
  kind: 'grant' | 'charge' | 'refund'
  /** Negative for a charge. */
  credits: number
  balance_after: number
  /** Of a charge or a refund. */
  request_id: string | null
  /** Of a grant: an order number, say. */
  reference: string | null
  note: string | null
  /** ISO 8601, UTC. */
  created_at: string
}

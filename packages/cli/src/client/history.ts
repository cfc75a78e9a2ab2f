import type { GenerationStatus, RequestEntry } from '@clipia/client'
import { printTable } from '../output/print.ts'
import { clean } from '../terminal/terminal.ts'
import type { ClientContext, ClientFlags } from './context.ts'
import { readWholeNumber } from './read-whole-number.ts'

/** Flags of `clipia history`. */
export interface HistoryFlags extends ClientFlags {
  status?: string
  model?: string
  from?: string
  until?: string
  limit?: string
}

/** As much as a person reads; a program says how much it wants. */
const LIMIT = 20

/** `clipia history`: requests, newest first. */
export async function history({ clipia, terminal }: ClientContext, flags: HistoryFlags): Promise<void> {
  const { status, model, from: createdFrom, until: createdUntil } = flags
  const limit = readWholeNumber('--limit', flags.limit) ?? LIMIT
  const filters = { status: status?.toUpperCase() as GenerationStatus | undefined, model, createdFrom, createdUntil }
  const entries: RequestEntry[] = []
  for await (const entry of clipia.requests.list({ ...filters, limit })) entries.push(entry)
  if (!terminal.isForPeople) return terminal.json(entries)
  printTable(
    ['time', 'request', 'model', 'status', 'credits'],
    entries.map((entry) => [
      new Date(entry.created_at).toLocaleString('sv-SE'),
      entry.request_id,
      clean(entry.model),
      entry.error === undefined ? entry.status : `${entry.status} (${clean(entry.error.code)})`,
      entry.charged ?? entry.cost,
    ]),
  )
}

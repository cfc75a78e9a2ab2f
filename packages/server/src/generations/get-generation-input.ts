import { type Database, firstOrNull } from '../database/database.ts'
import type { JsonValue } from '../json.ts'
import { checkRequestId, requestNotFound, type Viewer } from './get-generation.ts'

/** What was asked for. */
export interface GenerationInput {
  model: string
  /** Normalised; empty once it was deleted. */
  input: Readonly<Record<string, JsonValue>>
  webhookUrl: string | null
  priceVersion: string
}

/** Reads what a generation was submitted with; `not_found` as for the generation itself. */
export async function getGenerationInput(
  database: Database,
  viewer: Viewer,
  requestId: string,
): Promise<GenerationInput> {
  checkRequestId(requestId)
  const row = firstOrNull(
    await database.read<{ model: string; input: string; webhook_url: string | null; price_version: string }>(
      `SELECT model, input, webhook_url, price_version FROM requests
       WHERE request_id = $1 AND account_id = $2 AND mode = $3`,
      [requestId.toLowerCase(), viewer.accountId, viewer.mode],
    ),
  )
  if (row === null) throw requestNotFound()
  return {
    model: row.model,
    input: JSON.parse(row.input),
    webhookUrl: row.webhook_url,
    priceVersion: row.price_version,
  }
}

import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'

/** One of a user's sessions. Times are epoch milliseconds. */
export interface ListedSession {
  sessionId: string
  address: string | null
  userAgent: string | null
  createdAt: number
  expiresAt: number
}

/** Lists a user's sessions, newest first; one that is over is forgotten within a day. */
export async function listSessions({ database }: { database: Database }, userId: string): Promise<ListedSession[]> {
  const rows = await database.read<{
    id: string
    ip_address: string | null
    user_agent: string | null
    created_at: number
    expires_at: number
  }>(
    `SELECT id, ip_address, user_agent, created_at, expires_at FROM sessions
     WHERE user_id = $1 ORDER BY created_at DESC, id DESC`,
    [userId],
  )
  return rows.map((row) => ({
    sessionId: row.id,
    address: row.ip_address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

/** Ends one of the user's own sessions at once; `not_found` for any other. */
export async function endSession(
  { database }: { database: Database },
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  const ended = await database.write('DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id', [
    sessionId,
    userId,
  ])
  if (ended.length === 0) throw new ClipiaError('not_found', `There is no session ${sessionId}.`)
}

/** Makes a session look at another account of its user; `not_found` unless the user is a member there. */
export async function switchAccount(
  { database }: { database: Database },
  { userId, sessionId, accountId }: { userId: string; sessionId: string; accountId: string },
): Promise<void> {
  const switched = await database.write(
    `UPDATE sessions SET account_id = $3 WHERE id = $1 AND user_id = $2
       AND EXISTS (SELECT 1 FROM memberships WHERE user_id = $2 AND account_id = $3) RETURNING id`,
    [sessionId, userId, accountId],
  )
  if (switched.length === 0) throw new ClipiaError('not_found', `There is no account ${accountId}.`)
}

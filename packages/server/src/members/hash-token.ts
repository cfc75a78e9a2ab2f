import { createHash } from 'node:crypto'

/** What of a session's or a link's token is stored: its SHA-256 in hexadecimal, which opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

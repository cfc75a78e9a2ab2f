import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Identifiers } from '../identifiers.ts'
import type { Auth } from './auth.ts'

/** What a member may do: an owner invites, removes and changes roles besides. */
export type Role = 'owner' | 'member'

/** Who is signed in, and the account this session looks at. */
export interface Member {
  userId: string
  name: string
  email: string
  sessionId: string
  accountId: string
  accountName: string
  role: Role
}

/** What the operations of members need of the process. */
export interface MemberDependencies {
  database: Database
  clock: Clock
  identifiers: Identifiers
  /** The sign-in library, loaded at its first use. */
  auth: () => Promise<Auth>
}

/** Bounds of a password, in characters. */
export const PASSWORD_LENGTH = { minimum: 10, maximum: 128 } as const

/** An email as it is stored and compared. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

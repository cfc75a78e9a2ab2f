import { betterAuth } from 'better-auth'
import type { Database } from '../database/database.ts'
import type { Identifiers } from '../identifiers.ts'
import { createAuthAdapter } from './auth-adapter.ts'
import { PASSWORD_LENGTH } from './member.ts'

const DAY_SECONDS = 24 * 60 * 60

/** What sign-in needs of the process. */
export interface AuthParts {
  database: Database
  identifiers: Identifiers
  /** Signs session cookies. */
  secret: Buffer
  /** Origin of the console without a trailing slash. */
  origin: string
}

/**
 * Email, password and sessions, by better-auth on our own database port. Nobody can sign up: users come by links only.
 * Origins and the rate of attempts are checked before it is called, with those of every other console operation.
 */
export function createAuth({ database, identifiers, secret, origin }: AuthParts) {
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    appName: 'Clipia',
    baseURL: origin,
    basePath: '/console/auth',
    secret: secret.toString('base64'),
    database: createAuthAdapter(database),
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.minimum,
      maxPasswordLength: PASSWORD_LENGTH.maximum,
    },
    user: { modelName: 'users', fields: { emailVerified: 'email_verified', ...times } },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...times,
      },
      expiresIn: 30 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
    },
    account: {
      modelName: 'credentials',
      fields: { userId: 'user_id', providerId: 'provider_id', accountId: 'provider_user_id', ...times },
    },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'clipia',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: ['x-clipia-caller'] },
      database: { generateId: () => identifiers.uuid() },
    },
  })
}

/** The sign-in library, set up. */
export type Auth = ReturnType<typeof createAuth>

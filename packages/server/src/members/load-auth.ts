import type { Auth, AuthParts } from './auth.ts'

/** The sign-in library, loaded and set up at its first use: it is large, and a node without a console needs none. */
export function createAuthLoader({ origin, ...parts }: Omit<AuthParts, 'origin'> & { origin: () => string }) {
  let auth: Promise<Auth> | null = null
  return (): Promise<Auth> => {
    auth ??= import('./auth.ts').then(({ createAuth }) => createAuth({ ...parts, origin: origin() }))
    return auth
  }
}

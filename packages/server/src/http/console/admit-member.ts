import type { FastifyReply, FastifyRequest } from 'fastify'
import { ClipiaError } from '../../errors.ts'
import { findMember } from '../../members/find-member.ts'
import type { Member } from '../../members/member.ts'
import type { Services } from '../services.ts'

/**
 * Refuses what a page of another origin makes a browser send. Browsers name the origin with everything that changes
 * something; it must be our own, or that of the host the request was sent to.
 */
export function checkOrigin({ publicUrl }: Services, { method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return
  const { origin, host } = headers
  const isOurs = origin !== undefined && (origin === publicUrl() || hostOf(origin) === host)
  if (!isOurs) throw new ClipiaError('forbidden', 'The console takes calls from its own pages only.')
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

/** Lets a signed-in member in, and prolongs the session where it is time; throws `not_signed_in` for anyone else. */
export async function admitMember(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<Member> {
  void reply.headers({ 'cache-control': 'private, no-store', vary: 'Cookie' })
  checkOrigin(services, request)
  const signedIn = await findMember(services, toHeaders(request))
  if (signedIn === null) throw new ClipiaError('not_signed_in', 'Sign in first.')
  if (signedIn.cookies.length > 0) void reply.header('set-cookie', [...signedIn.cookies])
  return signedIn.member
}

/** A request's headers in the form the sign-in library takes. */
export function toHeaders({ headers }: FastifyRequest): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return result
}

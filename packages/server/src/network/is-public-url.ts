import { type AllowedPrivate, bareHostname, judgeUrl, NO_PRIVATE } from './address-rules.ts'

/**
 * Whether a stranger on the internet could reach a URL, as far as its text shows: a name with a domain, or a public
 * address, that the operator has not listed as a private host.
 */
export function isPublicUrl(text: string, allowed: AllowedPrivate = NO_PRIVATE): boolean {
  if (judgeUrl(text, NO_PRIVATE) !== null) return false
  const host = bareHostname(new URL(text)).toLowerCase()
  return (host.includes('.') || host.includes(':')) && !host.endsWith('.lan') && !allowed.hosts.has(host)
}

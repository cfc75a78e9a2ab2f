import ipaddr from 'ipaddr.js'

/** Hosts and CIDR ranges an operator lets through although they are private; empty for none. */
export interface AllowedPrivate {
  hosts: ReadonlySet<string>
  ranges: readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[]
}

/** Nothing private is let through. */
export const NO_PRIVATE: AllowedPrivate = { hosts: new Set(), ranges: [] }

/** Reads a comma-separated list of host names, addresses and CIDR ranges; throws a message that names a bad item. */
export function parseAllowedPrivate(text: string): AllowedPrivate {
  const hosts = new Set<string>()
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = []
  for (const item of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (item === '') continue
    if (ipaddr.isValidCIDR(item)) ranges.push(ipaddr.parseCIDR(item))
    else if (/^[a-z0-9.-]+$|^[0-9a-f:.]+$/.test(item)) hosts.add(item)
    else throw new Error(`"${item.slice(0, 64)}" is no host name, address or CIDR range`)
  }
  return { hosts, ranges }
}

/** The same allowance, and the host of a URL besides. */
export function withHost(allowed: AllowedPrivate, url: string | undefined): AllowedPrivate {
  if (url === undefined) return allowed
  return { ...allowed, hosts: new Set([...allowed.hosts, bareHostname(new URL(url)).toLowerCase()]) }
}

const IPV4_IN_IPV6 = ipaddr.parseCIDR('::/96') as [ipaddr.IPv6, number]
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96') as [ipaddr.IPv6, number]
const SIX_TO_FOUR = ipaddr.parseCIDR('2002::/16') as [ipaddr.IPv6, number]

/** A public address by its number that only machines in Azure reach, and there it hands out secrets. */
const AZURE_METADATA = '168.63.129.16'

/**
 * Whether an address belongs to the public internet: not private, loopback, link-local, metadata, carrier-grade NAT,
 * multicast or reserved, in any of the forms that carry an IPv4 address inside an IPv6 one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast' || parsed.toString() === AZURE_METADATA) return false
  if (parsed instanceof ipaddr.IPv4) return true
  return !parsed.match(IPV4_IN_IPV6) && !parsed.match(NAT64) && !parsed.match(SIX_TO_FOUR)
}

/** Whether an address, or the host name it was looked up for, may be dialled. */
export function mayDial(hostname: string, address: string, allowed: AllowedPrivate): boolean {
  if (isPublicAddress(address)) return true
  if (allowed.hosts.has(hostname.toLowerCase()) || allowed.hosts.has(address)) return true
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return allowed.ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits))
}

/** The host of a URL as `URL` normalises it (decimal, octal and hex forms become dotted), without IPv6 brackets. */
export function bareHostname(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

const LOCAL_NAMES = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/i

/**
 * Says what is wrong with a URL that a caller wants fetched, or null. It judges what the text shows (scheme,
 * credentials, literal addresses, local names); the addresses of a name are judged again when it is dialled.
 */
export function judgeUrl(text: string, allowed: AllowedPrivate): string | null {
  if (!URL.canParse(text)) return 'must be an absolute http or https URL'
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must be an http or https URL'
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password'
  const host = bareHostname(url)
  if (allowed.hosts.has(host.toLowerCase())) return null
  if (LOCAL_NAMES.test(host)) return 'must not name a private host'
  if (ipaddr.isValid(host) && !mayDial(host, host, allowed)) return 'must not name a private address'
  return null
}

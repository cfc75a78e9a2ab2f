import ipaddr from 'ipaddr.js'

/** Every parser here throws what is wrong with the text, worded to follow the name of the setting. */
export function parseInteger(text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`"${text.slice(0, 32)}" must be a whole number from ${least} to ${most}`)
  }
  return value
}

/** `true` or `false`. */
export function parseBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error(`"${text.slice(0, 32)}" must be true or false`)
  return text === 'true'
}

/** One of the words given. */
export function parseChoice<const Word extends string>(text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text)
  if (word === undefined) throw new Error(`"${text.slice(0, 32)}" must be one of ${words.join(', ')}`)
  return word
}

/** URL of a PostgreSQL database. It may hold a password and is never repeated. */
export function parseDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) throw new Error('must be a postgres:// URL')
  return text
}

/** Key material of at least 32 bytes. */
export function parseSecretKey(text: string): Buffer {
  const key = /^[0-9a-f]{64,}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length < 32) throw new Error('must be at least 32 bytes in base64 or hex')
  return key
}

/** An absolute http(s) URL, normalised. */
export function parseHttpUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new Error(`"${text}" must be an http or https URL`)
  return new URL(text).href
}

/** The base URL of an engine, normalised. What is wrong may be a secret in the wrong place and is never repeated. */
export function parseBaseUrl(text: string): string {
  if (!/^https?:\/\/[^\s?#@]+$/.test(text) || !URL.canParse(text)) {
    throw new Error('must be an http or https URL without credentials, query and fragment')
  }
  return new URL(text).href
}

/** Scheme, host and port. */
export function parseOrigin(text: string): string {
  const url = new URL(parseHttpUrl(text))
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw new Error('must be an origin without a path')
  return url.origin
}

/** What can be sent in a header; never repeated. */
export function parseCredential(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('must be visible ASCII without spaces')
  if (/^(["']).*\1$/.test(text)) throw new Error('must have no quotes around it')
  return text
}

/** A token long enough to be no guess; never repeated. */
export function parseMetricsToken(text: string): string {
  if (!/^[\x21-\x7e]{16,}$/.test(text)) throw new Error('must be at least 16 visible ASCII characters without spaces')
  return text
}

/** IP addresses and CIDR ranges, separated by commas. */
export function parseAddresses(text: string): string[] {
  const addresses = text.split(',').map((part) => part.trim())
  const wrong = addresses.find((address) => !ipaddr.isValid(address) && !ipaddr.isValidCIDR(address))
  if (wrong !== undefined) throw new Error(`"${wrong.slice(0, 64)}" must be an IP address or a CIDR range`)
  return addresses
}

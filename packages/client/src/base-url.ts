/** Where the hosted service answers. */
export const DEFAULT_BASE_URL = 'https://api.clipia.ai'

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1'])

/**
 * Checks a base URL and takes trailing slashes from it, so that a key never travels in clear: `https`, or `http` on
 * exactly `localhost` or `127.0.0.1`. Throws a TypeError that says what is allowed.
 */
export function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname))
  if (url === null || !isAllowed) {
    throw new TypeError(
      `baseUrl must be an https:// URL (http:// only on localhost and 127.0.0.1, or the key would travel in clear), got "${text}"`,
    )
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('baseUrl may hold no credentials, query or fragment')
  }
  return url.href.replace(/\/+$/, '')
}

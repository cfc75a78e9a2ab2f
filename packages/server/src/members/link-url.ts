/** Where a one-time link leads. The token stands behind the `#`, which browsers send to nobody. */
export function linkUrl(origin: string, token: string): string {
  return `${origin}/welcome#${token}`
}

import type { Page } from 'playwright-core'

/** Gathers what a page may not do: log an error, throw, or ask any host but those of the given origins. */
export function watchPage(page: Page, ...origins: string[]): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('websocket', (socket) => faults.push(socket.url()))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && !origins.includes(origin)) faults.push(request.url())
  })
  return faults
}

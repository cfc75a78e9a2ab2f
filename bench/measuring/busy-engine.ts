import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A rendering server that takes jobs and never ends one: with room for one job, all others stay in the queue. */
export async function startBusyEngine(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    request.resume()
    const job = /^\/jobs\/([^/]+)/.exec(request.url ?? '')?.[1] ?? 'job-1'
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ job, state: 'running' }))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close().closeAllConnections(),
  }
}

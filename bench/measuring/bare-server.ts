import type { ServerUnderTest } from './clipia-server.ts'
import { nextMessage, startPinned } from './pinned-process.ts'
import { readProcess } from './read-process.ts'

/** What a bare server answers, whatever it is asked. */
export interface BareAnswer {
  status: number
  headers: Record<string, string>
  body: string | null
}

/** What connection and framing add by themselves. */
const OWN_HEADERS = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding'])

/** The answer a server gives, to be given by a bare one too: byte for byte, but for the date. */
export async function recordAnswer(url: string, init: RequestInit): Promise<BareAnswer> {
  const response = await fetch(url, init)
  const body = await response.text()
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !OWN_HEADERS.has(name)))
  return { status: response.status, headers, body: body === '' ? null : body }
}

/** Starts a bare node:http server on the core of what is measured. */
export async function startBare(answer: BareAnswer): Promise<ServerUnderTest> {
  const child = startPinned('measured', [
    new URL('./bare-process.ts', import.meta.url).pathname,
    JSON.stringify(answer),
  ])
  const port = await nextMessage<number>(child)
  return {
    port,
    usage: () => readProcess(child.pid ?? 0),
    async stop() {
      child.kill()
    },
  }
}

import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { makePng } from '../emulator/png.ts'

/** A job as the emulated provider knows it. */
export interface FalJob {
  id: string
  /** `owner/name` and what follows of the model. */
  model: string
  input: Record<string, unknown>
  /** Where it was asked to call back; null where it was not. */
  webhook: string | null
}

/** An emulated fal: its queue, its files, the keys of its callbacks. Jobs are done when they are asked for. */
export interface Fal {
  url: string
  jobs: FalJob[]
  /** Credentials that came with requests; none comes with those for files and keys. */
  credentials: Set<string>
  /** What is done with a submit after the job was taken; answers it unless the test sets another. */
  onAccepted: (job: FalJob, answer: () => void, request: IncomingMessage) => void
  /** Calls back about a job as fal does, signed, at another origin than it was told. */
  callBack(job: FalJob, origin: string): Promise<number>
  close(): void
}

/** Starts it on the loopback address. */
export async function startFal(): Promise<Fal> {
  const keys = generateKeyPairSync('ed25519')
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fal: Fal = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    jobs: [],
    credentials: new Set(),
    onAccepted: (_job, answer) => answer(),
    async callBack({ id, webhook }, origin) {
      const body = JSON.stringify({ request_id: id, gateway_request_id: id, status: 'OK', payload: {} })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const digest = createHash('sha256').update(body).digest('hex')
      const signature = sign(null, Buffer.from([id, 'user-1', timestamp, digest].join('\n')), keys.privateKey)
      const headers = {
        'content-type': 'application/json',
        'x-fal-webhook-request-id': id,
        'x-fal-webhook-user-id': 'user-1',
        'x-fal-webhook-timestamp': timestamp,
        'x-fal-webhook-signature': signature.toString('hex'),
      }
      const { pathname } = new URL(webhook ?? '')
      return (await fetch(`${origin}${pathname}`, { method: 'POST', headers, body })).status
    },
    close: () => server.close().closeAllConnections(),
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', fal.url)
    const json = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.headers.authorization !== undefined) fal.credentials.add(request.headers.authorization)
    const [, file] = /^\/files\/(.+)\.png$/.exec(pathname) ?? []
    if (file !== undefined) return void response.writeHead(200).end(makePng(file))
    if (pathname === '/.well-known/jwks.json') return json(200, { keys: [keys.publicKey.export({ format: 'jwk' })] })
    const [, id, operation] = /\/requests\/([\w-]+)(\/\w+)?$/.exec(pathname) ?? []
    const job = fal.jobs.find((known) => known.id === id)
    if (request.method === 'POST') {
      const input = JSON.parse(await text(request)) as FalJob['input']
      const made = { id: randomUUID(), model: pathname.slice(1), input, webhook: searchParams.get('fal_webhook') }
      fal.jobs.push(made)
      return fal.onAccepted(made, () => json(200, { request_id: made.id, queue_position: 0 }), request)
    }
    if (job === undefined) return json(404, { detail: 'Request not found' })
    if (operation === '/status') return json(200, { status: 'COMPLETED', request_id: id })
    json(200, { images: [{ url: `${fal.url}/files/${id}.png` }], seed: 7 })
  }
  return fal
}

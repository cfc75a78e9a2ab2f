import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { makeJpeg, makePng } from './pictures.ts'

const MEGABYTE = 1024 * 1024

/** A stranger's server that misbehaves in every way it knows, a path each. */
export interface HostileServer {
  origin: string
  /** Bytes it could get rid of in the last answer without an end. */
  sentBytes(): number
  close(): Promise<void>
}

/** Starts a {@link HostileServer}. */
export async function startHostileServer(): Promise<HostileServer> {
  const png = await makePng(60, 40)
  const jpeg = await makeJpeg(300, 200)
  const vast = await makePng(8_000, 7_000)
  const bomb = gzipSync(Buffer.concat([png, Buffer.alloc(30 * MEGABYTE)]))
  let sentBytes = 0

  /** Sends a beginning, and then for ever as fast as the other side takes it. */
  function flood(response: ServerResponse, head: Buffer): void {
    sentBytes = 0
    const chunk = Buffer.alloc(64 * 1024)
    const pump = () => {
      while (!response.destroyed && sentBytes < 500 * MEGABYTE) {
        sentBytes += chunk.length
        if (!response.write(chunk)) return void response.once('drain', pump)
      }
      response.end()
    }
    response.write(head)
    pump()
  }

  function drip(response: ServerResponse): void {
    response.write(png.subarray(0, 70))
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  }

  const redirects: Record<string, string> = {
    '/to-private': 'http://10.0.0.1/picture.png',
    '/to-metadata': 'http://169.254.169.254/latest/meta-data',
    '/to-decimal': 'http://2130706434/',
    '/to-name': 'http://localhost:1/',
    '/to-file': 'file:///etc/passwd',
    '/to-itself': '/to-itself',
    '/to-picture': '/picture',
  }
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/picture': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(png),
    '/missing': (response) => response.writeHead(404, { 'content-type': 'image/png' }).end(png),
    '/broken': (response) => response.writeHead(500).end(),
    '/page': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html><title>x'),
    '/svg': (response) =>
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    '/empty': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(),
    '/flood-picture': (response) => flood(response, png),
    '/flood-page': (response) => flood(response, Buffer.from('<html>')),
    '/announced': (response) => response.writeHead(200, { 'content-length': 500 * MEGABYTE }).write(png),
    '/gzip-bomb': (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    },
    '/pixel-bomb': (response) => response.end(vast),
    '/cut-picture': (response) => response.end(jpeg.subarray(0, jpeg.length / 2)),
    '/cut-connection': (response) => {
      response.writeHead(200, { 'content-length': png.length })
      response.write(png.subarray(0, 70), () => response.destroy())
    },
    '/drip': drip,
    '/silent': () => {},
  }
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const location = redirects[path]
    if (location !== undefined) response.writeHead(302, { location }).end()
    else (answers[path] ?? (() => response.writeHead(404).end()))(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentBytes: () => sentBytes,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

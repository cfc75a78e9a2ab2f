import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** A wire between a server and what it depends on, which can go silent without breaking. */
export interface Relay {
  port: number
  /** From now on nothing passes, and nobody is told. */
  hang(): void
  /** All that was held passes, and what comes. */
  flow(): void
  close(): Promise<void>
}

/** Opens a relay on a free port of 127.0.0.1 to a host and port. */
export async function openRelay(host: string, port: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let isHanging = false
  const server = createServer((near) => {
    const far = createConnection({ host, port })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
      if (isHanging) from.pause()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    hang() {
      isHanging = true
      for (const socket of sockets) socket.pause()
    },
    flow() {
      isHanging = false
      for (const socket of sockets) socket.resume()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

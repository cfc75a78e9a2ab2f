import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps account of connections on which nothing was asked yet, and answers how to end them: a closing server waits for
 * its connections and ends only those that are idle after a request, so one that was opened in advance would hold it up
 * for a minute.
 */
export function trackSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>()
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }) => silent.delete(socket))
  return () => {
    for (const socket of silent) socket.destroy()
  }
}

import type pg from 'pg'

type Connect = () => pg.Client

/**
 * A few connections on which reading statements are sent without waiting for each other's answers, the fastest of the
 * ways tried. A lost connection is replaced by the next statement that needs it.
 */
export class PostgresPipeline {
  readonly #connect: Connect
  readonly #clients: (Promise<pg.Client> | null)[]
  #next = 0

  constructor(connect: Connect, size: number) {
    this.#connect = connect
    this.#clients = Array.from({ length: size }, () => null)
  }

  async query<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<R[]> {
    this.#next = (this.#next + 1) % this.#clients.length
    const client = await this.#clientAt(this.#next)
    return (await client.query<R>(config)).rows
  }

  #clientAt(slot: number): Promise<pg.Client> {
    const existing = this.#clients[slot]
    if (existing) return existing
    const opening = this.#open(() => {
      if (this.#clients[slot] === opening) this.#clients[slot] = null
    })
    this.#clients[slot] = opening
    return opening
  }

  async #open(onLost: () => void): Promise<pg.Client> {
    const client = this.#connect()
    client.on('error', onLost)
    client.on('end', onLost)
    try {
      await client.connect()
      return client
    } catch (error) {
      onLost()
      throw error
    }
  }

  async close(): Promise<void> {
    const clients = this.#clients.splice(0)
    await Promise.allSettled(clients.map(async (client) => (await client)?.end()))
  }
}

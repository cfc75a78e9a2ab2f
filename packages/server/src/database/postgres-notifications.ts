import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { createLocalNotifications, type Notifications } from './notifications.ts'

const CHANNEL = 'clipia'
/** PostgreSQL takes payloads below 8,000 bytes. */
const PAYLOAD_LIMIT = 7_900
/** Notices kept for a connection that is away; what is beyond is left to those who look. */
const MOST_PENDING = 10_000
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000

/**
 * LISTEN and NOTIFY on a connection of their own, dialled when first used and again whenever it is lost. NOTIFY in the
 * transactions themselves would make their commits take turns; so it is sent after them, and what comes while one is
 * under way goes together.
 */
export class PostgresNotifications implements Notifications {
  readonly isLossy = true
  readonly #connect: () => pg.Client
  readonly #here = createLocalNotifications()
  readonly #pending = new Set<string>()
  readonly #closing = new AbortController()
  #running: Promise<void> | null = null
  #wake: (() => void) | null = null

  constructor(connect: () => pg.Client) {
    this.#connect = connect
  }

  notify(topic: string, id: string): void {
    this.#here.notify(topic, id)
    if (this.#pending.size < MOST_PENDING) this.#pending.add(`${topic} ${id}`)
    this.#start()
    this.#wake?.()
  }

  listen(listener: (topic: string, id: string) => void): () => void {
    this.#start()
    return this.#here.listen(listener)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wake?.()
    await this.#running
  }

  #start(): void {
    if (!this.#closing.signal.aborted) this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS
    while (!this.#closing.signal.aborted) {
      await this.#serveConnection(() => {
        retryMs = FIRST_RETRY_MS
      }).catch(() => {})
      // The connection is lost, or could not be made: those who wait look for themselves meanwhile.
      await delay(retryMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {})
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    }
  }

  /** Listens and sends on one connection until it is lost; rejects then. */
  async #serveConnection(onConnected: () => void): Promise<void> {
    const client = this.#connect()
    let isLost = false
    const lose = () => {
      isLost = true
      this.#wake?.()
    }
    client.on('error', lose).on('end', lose)
    try {
      await client.connect()
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      client.on('notification', ({ processId, payload = '' }) => {
        if (processId !== rows[0]?.pid) this.#receive(payload)
      })
      await client.query(`LISTEN ${CHANNEL}`)
      onConnected()
      while (!isLost && !(this.#closing.signal.aborted && this.#pending.size === 0)) {
        if (this.#pending.size === 0) await this.#nextWake()
        // What the event loop has already received goes along.
        await new Promise(setImmediate)
        await this.#send(client)
      }
    } finally {
      await client.end().catch(() => {})
    }
  }

  #nextWake(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null
        resolve()
      }
    })
  }

  async #send(client: pg.Client): Promise<void> {
    const notices = [...this.#pending]
    if (notices.length === 0) return
    this.#pending.clear()
    const payloads: string[] = []
    let payload = ''
    for (const notice of notices) {
      if (payload.length + notice.length >= PAYLOAD_LIMIT) {
        payloads.push(payload)
        payload = ''
      }
      payload += payload === '' ? notice : `\n${notice}`
    }
    await client.query(`SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) payload`, [
      [...payloads, payload],
    ])
  }

  #receive(payload: string): void {
    for (const notice of payload.split('\n')) {
      const [topic = '', id = ''] = notice.split(' ')
      this.#here.notify(topic, id)
    }
  }
}

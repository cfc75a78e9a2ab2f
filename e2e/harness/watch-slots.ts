import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** Looks at the slots of keys in a PostgreSQL database while other things happen. */
export interface SlotWatch {
  /** Ends it and answers the most generations that any key was ever seen to have running at once. */
  stop(): Promise<number>
}

const EVERY_MS = 20

/** Begins to watch, beside the nodes: what the limit of a key means over all of them. */
export async function watchSlots(url: string): Promise<SlotWatch> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let isStopped = false
  let most = 0
  const watching = (async () => {
    for (; !isStopped; await delay(EVERY_MS)) {
      const { rows } = await client.query(`SELECT count(*) AS n FROM queue WHERE stage = 'claimed' GROUP BY key_id`)
      for (const { n } of rows) most = Math.max(most, Number(n))
    }
    await client.end()
    return most
  })()
  return {
    stop() {
      isStopped = true
      return watching
    },
  }
}

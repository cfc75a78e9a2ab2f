import { type Database, DatabaseUnavailable, type Row, type Transaction, type Value } from '../database/database.ts'

/** The node that made the call is dead: nothing it does happens any more. */
export class NodeDied extends Error {
  constructor() {
    super('the node died')
    this.name = 'NodeDied'
  }
}

/** A node's view of the database that ends with the node. */
export interface MortalDatabase extends Database {
  isDead(): boolean
  die(): void
}

/**
 * Lets a node die between any two statements, and between a commit and its answer: `isTime` is asked before each
 * statement and after each commit. What a dead node still tries does not happen. `isAnswerLost` is asked after each
 * commit of a living node: it then learns only that the outcome is unknown.
 */
export function createMortalDatabase(
  database: Database,
  isTime: () => boolean,
  isAnswerLost: () => boolean,
): MortalDatabase {
  let isDead = false
  const live = () => {
    isDead ||= isTime()
    if (isDead) throw new NodeDied()
  }
  const hear = () => {
    live()
    if (isAnswerLost()) throw new DatabaseUnavailable('the answer was lost', { isOutcomeUnknown: true })
  }
  return {
    capabilities: database.capabilities,
    notifications: database.notifications,
    isDead: () => isDead,
    die() {
      isDead = true
    },
    async read<R = Row>(sql: string, parameters?: readonly Value[]) {
      live()
      return database.read<R>(sql, parameters)
    },
    async write<R = Row>(sql: string, parameters?: readonly Value[]) {
      live()
      const rows = await database.write<R>(sql, parameters)
      hear()
      return rows
    },
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      live()
      const effects: (() => void)[] = []
      const value = await database.transaction((tx) => {
        effects.length = 0
        return work({
          async query<R = Row>(sql: string, parameters?: readonly Value[]) {
            live()
            return tx.query<R>(sql, parameters)
          },
          afterCommit: (effect) => void effects.push(effect),
        })
      })
      hear()
      for (const effect of effects) effect()
      return value
    },
    now: () => database.now(),
    close: async () => {},
  }
}

import type { Database, Row, Transaction, Value } from '../database/database.ts'
import type { DatabaseKind } from './databases.ts'

/** A kind whose databases note each different statement that goes through them. */
export function recordStatements(kind: DatabaseKind): { kind: DatabaseKind; statements: ReadonlySet<string> } {
  const statements = new Set<string>()
  return {
    statements,
    kind: {
      name: kind.name,
      async create(options) {
        const made = await kind.create(options)
        return { ...made, open: () => record(made.open(), statements) }
      },
    },
  }
}

function record(database: Database, statements: Set<string>): Database {
  return {
    ...database,
    read<R = Row>(sql: string, parameters?: readonly Value[]) {
      statements.add(sql)
      return database.read<R>(sql, parameters)
    },
    write<R = Row>(sql: string, parameters?: readonly Value[]) {
      statements.add(sql)
      return database.write<R>(sql, parameters)
    },
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      database.transaction((tx) =>
        work({
          ...tx,
          query<R = Row>(sql: string, parameters?: readonly Value[]) {
            statements.add(sql)
            return tx.query<R>(sql, parameters)
          },
        }),
      ),
  }
}

import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters'
import { type Database, firstOrNull, type Row, type Value } from '../database/database.ts'
import { hashToken } from './hash-token.ts'
import { toWhereClause } from './where-clause.ts'

const SESSIONS = 'sessions'

/**
 * The sign-in library over the database port: no connection of its own, so that SQLite keeps its single writer. Times
 * become epoch milliseconds, and of a session's token only the hash is stored.
 */
export function createAuthAdapter(database: Database) {
  return createAdapterFactory({
    config: {
      adapterId: 'clipia',
      supportsNumericIds: false,
      supportsBooleans: false,
      customTransformInput: ({ data }) => (data instanceof Date ? data.getTime() : data),
      customTransformOutput: ({ data, fieldAttributes }) =>
        fieldAttributes.type === 'date' && typeof data === 'number' ? new Date(data) : data,
    },
    adapter: () => ({
      async create({ model, data }) {
        const entries = Object.entries(hideToken(model, data)).filter(([, value]) => value !== undefined)
        const columns = entries.map(([column]) => column).join(', ')
        const places = entries.map((_, index) => `$${index + 1}`).join(', ')
        await database.write(
          `INSERT INTO ${model} (${columns}) VALUES (${places})`,
          entries.map(([, value]) => value as Value),
        )
        return data
      },
      async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
        const { sql, values } = toWhereClause(hideTokens(model, where))
        const row = firstOrNull(await database.read(`SELECT * FROM ${model} WHERE ${sql} LIMIT 1`, values))
        return showToken<T>(model, where, row)
      },
      async findMany({ model, where, limit, sortBy, offset }) {
        const { sql, values } = toWhereClause(hideTokens(model, where ?? []))
        const order = sortBy === undefined ? '' : ` ORDER BY ${sortBy.field} ${sortBy.direction}`
        const page = ` LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset ?? 0)}`
        return database.read(`SELECT * FROM ${model} WHERE ${sql}${order}${page}`, values)
      },
      async count({ model, where }) {
        const { sql, values } = toWhereClause(hideTokens(model, where ?? []))
        const rows = await database.read<{ count: number }>(
          `SELECT count(*) AS count FROM ${model} WHERE ${sql}`,
          values,
        )
        return rows[0]?.count ?? 0
      },
      async update({ model, where, update }) {
        const rows = await write(database, model, where, update as Row)
        return showToken(model, where, firstOrNull(rows))
      },
      updateMany: async ({ model, where, update }) => (await write(database, model, where, update)).length,
      async delete({ model, where }) {
        await remove(database, model, where)
      },
      deleteMany: async ({ model, where }) => (await remove(database, model, where)).length,
    }),
  })
}

function write(database: Database, model: string, where: CleanedWhere[], update: Row): Promise<Row[]> {
  const entries = Object.entries(hideToken(model, update)).filter(([, value]) => value !== undefined)
  const set = entries.map(([column], index) => `${column} = $${index + 1}`).join(', ')
  const { sql, values } = toWhereClause(hideTokens(model, where), entries.length + 1)
  return database.write(`UPDATE ${model} SET ${set} WHERE ${sql} RETURNING *`, [
    ...entries.map(([, value]) => value),
    ...values,
  ])
}

function remove(database: Database, model: string, where: CleanedWhere[]): Promise<Row[]> {
  const { sql, values } = toWhereClause(hideTokens(model, where))
  return database.write(`DELETE FROM ${model} WHERE ${sql} RETURNING id`, values)
}

function hideToken<T extends Row>(model: string, data: T): T {
  return model === SESSIONS && typeof data.token === 'string' ? { ...data, token: hashToken(data.token) } : data
}

function hideTokens(model: string, where: readonly CleanedWhere[]): CleanedWhere[] {
  if (model !== SESSIONS) return [...where]
  return where.map((condition) =>
    condition.field === 'token' && typeof condition.value === 'string'
      ? { ...condition, value: hashToken(condition.value) }
      : condition,
  )
}

/** Whoever asked by a token sees it in the answer; nobody else learns one. */
function showToken<T>(model: string, where: readonly CleanedWhere[], row: Row | null): T | null {
  const asked = model === SESSIONS ? where.find(({ field }) => field === 'token')?.value : undefined
  return (row !== null && typeof asked === 'string' ? { ...row, token: asked } : row) as T | null
}
